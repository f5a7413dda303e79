"""Pages contain every item once."""

import pytest
from botocore.exceptions import ClientError


@pytest.mark.parametrize(
    "service, operation, key, parameters",
    [
        ("ec2", "describe_security_groups", "SecurityGroups", {}),
        ("ec2", "describe_subnets", "Subnets", {}),
        ("iam", "list_attached_role_policies", "AttachedPolicies", {"RoleName": "aws-elasticbeanstalk-ec2-role"}),
        ("ecr", "describe_images", "imageDetails", {"repositoryName": "antenna-backend"}),
        ("logs", "describe_log_groups", "logGroups", {}),
        ("cloudwatch", "describe_alarms", "MetricAlarms", {}),
        ("elasticbeanstalk", "describe_application_versions", "ApplicationVersions", {}),
        ("s3", "list_objects_v2", "Contents", {"Bucket": "elasticbeanstalk-us-west-2-123456789012"}),
    ],
)
@pytest.mark.parametrize("forced", [False, True])
def test_pages_of_one_item_make_the_whole_list(stack, service, operation, key, parameters, forced):
    stack.deploy("v10")
    client = stack.client(service)
    whole = getattr(client, operation)(**parameters)[key]
    assert len(whole) > 1
    if forced:
        stack.force_page_size(service, client.meta.method_to_api_mapping[operation], 1)
    if not forced and service == "ec2":
        pytest.skip("EC2 allows no page below five; the smallest of the others is one")
    paging = {} if forced else {"PageSize": 1}
    pages = list(client.get_paginator(operation).paginate(**parameters, PaginationConfig=paging))
    assert [item for page in pages for item in page.get(key, [])] == whole
    # moto's own paging of IAM can end with an empty page, and so can AWS's.
    assert len([page for page in pages if page.get(key)]) == len(whole)


def test_a_limit_of_five_security_groups_is_honoured(stack):
    for number in range(3):
        stack.client("ec2").create_security_group(GroupName=f"more-{number}", Description="more")
    first = stack.client("ec2").describe_security_groups(MaxResults=5)
    assert len(first["SecurityGroups"]) == 5
    rest = stack.client("ec2").describe_security_groups(MaxResults=5, NextToken=first["NextToken"])
    assert len(rest["SecurityGroups"]) == 3 and "NextToken" not in rest


def test_two_database_instances_come_in_two_pages(stack):
    stack.client("rds").create_db_instance(
        DBInstanceIdentifier="other", DBInstanceClass="db.t4g.micro", Engine="postgres", AllocatedStorage=20
    )
    stack.force_page_size("rds", "DescribeDBInstances", 1)
    pages = list(stack.client("rds").get_paginator("describe_db_instances").paginate())
    assert [[one["DBInstanceIdentifier"] for one in page["DBInstances"]] for page in pages] == [["antenna-postgres"], ["other"]]


def test_an_unknown_token_is_refused(stack):
    with pytest.raises(ClientError):
        stack.client("elasticbeanstalk").describe_events(NextToken="page-unknown")
