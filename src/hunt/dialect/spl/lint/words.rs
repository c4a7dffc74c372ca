//! The commands and functions of the search language.

/// Commands that begin a search after a leading pipe.
const GENERATING: &str = "\
    tstats search from inputlookup inputcsv makeresults rest metadata metasearch mstats datamodel dbinspect \
    eventcount gentimes loadjob multisearch pivot savedsearch union mcatalog walklex typeahead history";

const COMMANDS: &str = "\
    abstract accum addcoltotals addinfo addtotals anomalydetection append appendcols appendpipe apply arules \
    associate autoregress bin bucket bucketdir chart cluster cofilter collect concurrency contingency convert \
    correlate dedup delta diff erex eval eventstats extract kv fieldformat fields fieldsummary filldown fillnull \
    findtypes fit foreach format gauge geom geomfilter geostats head highlight iconify iplocation join kmeans \
    localize lookup makecontinuous makemv map mvcombine mvexpand multikv nomv outlier outputlookup overlap \
    predict rangemap rare regex reltime rename replace require return reverse rex savedsearch selfjoin set sort \
    spath stats strcat streamstats table tail timechart timewrap tojson top transaction transpose trendline \
    typer uniq untable where x11 xmlkv xpath xyseries";

const AGGREGATES: &str = "\
    avg c count dc distinct_count earliest earliest_time estdc estdc_error exactperc first last latest \
    latest_time list max mean median min mode perc p range rate sparkline stdev stdevp sum sumsq upperperc \
    values var varp per_day per_hour per_minute per_second";

const FUNCTIONS: &str = "\
    abs acos acosh asin asinh atan atan2 atanh avg bit_and bit_not bit_or bit_shift_left bit_shift_right bit_xor \
    case ceil ceiling cidrmatch coalesce commands cos cosh exact exp false floor hypot if in ipmask isarray \
    isbool isdouble isint ismv isnotnull isnull isnum isobject isstr json json_append json_array \
    json_array_to_mv json_delete json_entries json_extend json_extract json_extract_exact json_has_key_exact \
    json_keys json_object json_set json_set_exact json_valid len like ln log lookup lower ltrim match max md5 \
    min mv_to_json_array mvappend mvcount mvdedup mvfilter mvfind mvindex mvjoin mvmap mvrange mvreverse mvsort \
    mvzip now null nullif pi pow printf random relative_time replace round rtrim searchmatch sha1 sha256 sha512 \
    sigfig sin sinh spath split sqrt strftime strptime substr sum tan tanh time tobool todouble toint tojson \
    tomv tonumber tostring trim true typeof upper urldecode validate";

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}

pub(super) fn is_generating(word: &str) -> bool {
    has(GENERATING, word)
}

pub(super) fn is_command(word: &str) -> bool {
    has(COMMANDS, word) || is_generating(word)
}

/// Returns `true` if this is a statistical function; percentiles carry their number (`perc95`).
pub(super) fn is_aggregate(word: &str) -> bool {
    has(AGGREGATES, word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
}

pub(super) fn is_function(word: &str) -> bool {
    has(FUNCTIONS, word) || is_aggregate(word)
}
