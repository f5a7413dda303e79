import StrictJSON
import Testing

@testable import TidemarkS3

@Suite struct BucketSafetyTests {
    private let policies = BucketPolicies(bucket: "vault", prefix: "team", partition: "aws")

    private func row(_ setting: BucketSetting, _ reading: BucketSettings.Reading) throws -> BucketSafety.Row {
        let safety = BucketSafety(BucketSettings([setting: reading]), policies, prefix: "team")
        return try #require(safety.rows.first { $0.name == setting.name })
    }

    private func attention(_ statements: JSON) throws -> Bool {
        try row(.policy, .found(["Policy": .string(JSON.object(["Statement": statements]).canonical)])).needsAttention
    }

    @Test func `the printed policy of the bucket is enough, and each statement of it is needed`() throws {
        let statements = try #require(policies.bucketPolicy["Statement"]?.array)
        #expect(try !attention(.array(statements)))
        for index in statements.indices {
            var fewer = statements
            fewer.remove(at: index)
            #expect(try attention(.array(fewer)))
        }
    }

    @Test func `a broader denial is enough, and a narrower one is not`() throws {
        let broad: JSON = [
            "Effect": "Deny", "Principal": ["AWS": ["*"]], "Action": ["S3:Delete*", "s3:Put*", "s3:Replicate*"],
            "Resource": "*",
        ]
        #expect(try !attention([broad]))
        let narrower: [(String, JSON)] = [
            ("Effect", "Allow"), ("Principal", ["AWS": "arn:aws:iam::123456789012:root"]), ("Action", ["s3:Delete*"]),
            ("Resource", "arn:aws:s3:::vault/team/antenna/*"), ("Resource", "arn:aws:s3:::vault/team/?"),
            ("Condition", ["Bool": ["aws:SecureTransport": "false"]]),
        ]
        for (key, value) in narrower {
            var statement = try #require(broad.object)
            statement[key] = value
            #expect(try attention([.object(statement)]), "\(key)")
        }
    }

    @Test(
        arguments: [
            (["Prefix": "", "Expiration": ["Days": 30]], "rule 'r' deletes the history 30 days after it was written"),
            (
                ["Filter": ["And": ["Prefix": "team/antenna"]], "Expiration": ["Date": "2027-01-01T00:00:00Z"]],
                "rule 'r' deletes the history on 2027-01-01T00:00:00Z"
            ),
            (
                ["Filter": [:], "Transitions": [["Days": 90, "StorageClass": "GLACIER"]]],
                "rule 'r' archives the history 90 days after it was written, and then it cannot be read"
            ),
            (["Filter": [:], "Transitions": [["Days": 90, "StorageClass": "GLACIER_IR"]]], nil),
            (["Filter": ["Tag": ["Key": "a", "Value": "b"]], "Expiration": ["Days": 30]], nil),
            (["Filter": ["Prefix": "team2/"], "Expiration": ["Days": 30]], nil),
            (["Filter": [:], "Expiration": ["ExpiredObjectDeleteMarker": true]], nil),
            (
                ["Filter": [:], "NoncurrentVersionExpiration": ["NoncurrentDays": 1]],
                "rule 'r' deletes what was deleted for good after 1 days"
            ),
            (["Status": "Disabled", "Filter": [:], "Expiration": ["Days": 30]], nil),
        ] as [(JSON, String?)])
    func `a lifecycle rule endangers the history if it removes entries`(rule: JSON, danger: String?) throws {
        var rule = try #require(rule.object)
        rule["ID"] = "r"
        rule["Status"] = rule["Status"] ?? "Enabled"
        let row = try row(.lifecycle, .found(["Rules": [.object(rule)]]))
        #expect(row.text == danger ?? "no rule deletes or archives the history")
        #expect(row.needsAttention == (danger != nil))
    }

    @Test(
        arguments: [
            ("arn:aws:kms:us-west-2:123456789012:key/1", "arn:aws:kms:us-west-2:123456789012:key/1", nil),
            ("1", "arn:aws:kms:*:*:key/1", nil), ("alias/history", "*", "alias/history"),
            ("arn:aws:kms:us-west-2:123456789012:alias/history", "*", "alias/history"),
        ] as [(String, String, String?)])
    func `a key of KMS is named as a policy can name it`(key: String, resource: String, alias: String?) throws {
        let policies = BucketPolicies(bucket: "vault", prefix: "team", partition: "aws", kmsKey: key)
        for (policy, actions) in [
            (policies.recorder, ["kms:Decrypt", "kms:GenerateDataKey"]), (policies.reader, ["kms:Decrypt"]),
        ] {
            let statement = try #require(policy["Statement"]?.array?.last)
            #expect(statement["Action"] == JSON(actions) && statement["Resource"]?.string == resource)
            #expect(statement["Condition"]?["ForAnyValue:StringEquals"]?["kms:ResourceAliases"]?.string == alias)
        }
    }

    @Test func `versions are expected of Amazon S3 alone`() {
        let settings = BucketSettings([.versioning: .found([:])])
        for isAmazon in [true, false] {
            let rows = BucketSafety(settings, policies, prefix: "team", isAmazon: isAmazon).rows
            #expect(rows.first { $0.name == "versioning" }?.needsAttention == isAmazon)
        }
    }

    @Test func `a setting that was not seen is never harmless`() throws {
        for setting in BucketSetting.allCases {
            let row = try row(setting, .unseen("AccessDenied"))
            #expect(row.needsAttention && row.text == "not seen: AccessDenied")
        }
        #expect(try row(.objectLock, .absent).needsAttention == false)
        #expect(
            try row(
                .objectLock,
                .found([
                    "ObjectLockConfiguration": [
                        "ObjectLockEnabled": "Enabled",
                        "Rule": ["DefaultRetention": ["Mode": "COMPLIANCE", "Days": 365]],
                    ]
                ])
            ).text == "on: new objects are kept for 365 days, COMPLIANCE")
    }
}
