import StrictJSON

/// The document that is in force of a managed policy.
enum IAMPolicyDocument {
    /// The facet that has it.
    static let facet = "PolicyVersion"

    /// The document of a managed policy; unseen if the policy was not looked at.
    static func inForce(ofPolicy arn: String, _ reader: inout FactReader) -> JSON? {
        reader.facet(facet, ofNamed: ResourceID(.iamPolicy, arn))?["Document"]
    }
}
