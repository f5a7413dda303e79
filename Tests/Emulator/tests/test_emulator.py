def test_the_stack_is_there(stack):
    environments = stack.client("elasticbeanstalk").describe_environments()["Environments"]
    assert [(one["EnvironmentName"], one["VersionLabel"], one["Status"]) for one in environments] == [
        ("antenna-production", "v9", "Ready")
    ]
