use crate::hunt::Parameters;

/// Returns in words what queries are rendered with.
pub fn parameters_in_words(parameters: &Parameters) -> String {
    let days = match parameters.window_days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    let mut said = vec![days];
    said.push(if parameters.summaries_only { "summaries only" } else { "all data" }.to_owned());
    said.extend(parameters.spl_earliest.then(|| "time in the query".to_owned()));
    said.extend(parameters.spl_prefix.as_ref().map(|prefix| format!("before it {prefix}")));
    said.push(format!("{} values", parameters.cap));
    said.extend((parameters.skip > 0).then(|| format!("from value {}", parameters.skip + 1)));
    said.join(" · ")
}
