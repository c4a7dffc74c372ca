#!/usr/bin/env python3
"""Writes tests/validators/defender.json: the tables and columns of Microsoft Defender's advanced hunting.

Names and types come from the table facts of the Python package pysigma-backend-kusto, which gathers them from Microsoft's
schema reference; what that lacks is added below from the same reference. Only names and types are taken.

    pip install pysigma-backend-kusto==1.0.1 && python3 tools/defender_facts.py > tests/validators/defender.json
"""

import json

from sigma.pipelines.microsoftxdr.tables import MICROSOFT_XDR_TABLES

SIGN_INS = {
    "Timestamp": "datetime", "Application": "string", "ApplicationId": "string", "LogonType": "dynamic",
    "EndpointCall": "string", "ErrorCode": "int", "CorrelationId": "string", "SessionId": "string",
    "AccountDisplayName": "string", "AccountObjectId": "string", "AccountUpn": "string", "IsExternalUser": "int",
    "IsGuestUser": "boolean", "AlternateSignInName": "string", "LastPasswordChangeTimestamp": "datetime",
    "ResourceDisplayName": "string", "ResourceId": "string", "ResourceTenantId": "string", "DeviceName": "string",
    "EntraIdDeviceId": "string", "OSPlatform": "string", "DeviceTrustType": "string", "IsManaged": "int",
    "IsCompliant": "int", "AuthenticationProcessingDetails": "string", "AuthenticationRequirement": "string",
    "TokenIssuerType": "int", "RiskLevelAggregated": "int", "RiskDetails": "int", "RiskState": "int",
    "UserAgent": "string", "ClientAppUsed": "string", "Browser": "string", "ConditionalAccessPolicies": "string",
    "ConditionalAccessStatus": "int", "IPAddress": "string", "Country": "string", "State": "string", "City": "string",
    "Latitude": "string", "Longitude": "string", "NetworkLocationDetails": "string", "RequestId": "string",
    "ReportId": "string",
}
# Tables that the package lacks, from Microsoft's schema reference.
TABLES = {
    "EntraIdSignInEvents": SIGN_INS,
    "GraphAPIAuditEvents": {
        "Timestamp": "datetime", "IdentityProvider": "string", "ApiVersion": "string", "ApplicationId": "string",
        "IpAddress": "string", "ClientRequestId": "string", "RequestUri": "string", "RequestMethod": "string",
        "ResponseStatusCode": "string", "RequestDuration": "string", "AccountObjectId": "string",
        "EntityType": "string", "Location": "string", "OperationId": "string", "RequestId": "string",
        "ResponseSize": "long", "Scopes": "string", "ServicePrincipalId": "string", "TargetWorkload": "string",
        "UniqueTokenIdentifier": "string", "ReportId": "string",
    },
    "CloudProcessEvents": {
        "Timestamp": "datetime", "AzureResourceId": "string", "AwsResourceName": "string",
        "GcpFullResourceName": "string", "ContainerImageName": "string", "KubernetesNamespace": "string",
        "KubernetesPodName": "string", "KubernetesResource": "string", "ContainerName": "string",
        "ContainerId": "string", "ActionType": "string", "FileName": "string", "FolderPath": "string",
        "ProcessId": "long", "ProcessName": "string", "ParentProcessName": "string", "ParentProcessId": "string",
        "ProcessCommandLine": "string", "ProcessCreationTime": "datetime", "ProcessCurrentWorkingDirectory": "string",
        "AccountName": "string", "LogonId": "long", "InitiatingProcessId": "string", "HostName": "string",
        "AgentId": "string", "Region": "string", "ImageDigest": "string", "AdditionalFields": "dynamic",
    },
    "OAuthAppInfo": {
        "Timestamp": "datetime", "OAuthAppId": "string", "ServicePrincipalId": "string", "AppName": "string",
        "AddedOnTime": "datetime", "LastModifiedTime": "datetime", "AppStatus": "string",
        "VerifiedPublisher": "dynamic", "PrivilegeLevel": "string", "Permissions": "dynamic",
        "ConsentedUsersCount": "int", "IsAdminConsented": "boolean", "AppOrigin": "string", "LastUsedTime": "datetime",
        "AppOwnerTenantId": "string", "ReportId": "string",
    },
}
# Columns that the package lacks.
COLUMNS = {
    "EmailEvents": {"LatestDeliveryAction": "string", "LatestDeliveryLocation": "string", "DistributionList": "string"},
    "IdentityInfo": {"Timestamp": "datetime", "AssignedRoles": "dynamic", "GroupMembership": "dynamic", "Tags": "dynamic"},
    "UrlClickEvents": {"AppName": "string", "AppVersion": "string"},
    "DeviceInfo": {"OsBuildRevision": "string", "MitigationStatus": "dynamic"},
}


def main():
    tables = {
        # Some names of the package carry a footnote mark of the documentation.
        table: {column.split("`")[0]: facts["data_type"] for column, facts in columns.items()}
        for table, columns in MICROSOFT_XDR_TABLES.items()
    }
    tables.update(TABLES)
    for table, columns in COLUMNS.items():
        tables[table].update(columns)
    origin = (
        "Names and types as Microsoft's advanced hunting schema reference has them, written by tools/defender_facts.py "
        "from the table facts of pysigma-backend-kusto with additions from that reference."
    )
    print('{\n"_origin": ' + json.dumps(origin), end="")
    for table in sorted(tables):
        print(f",\n{json.dumps(table)}: {json.dumps(dict(sorted(tables[table].items())))}", end="")
    print("\n}")


if __name__ == "__main__":
    main()
