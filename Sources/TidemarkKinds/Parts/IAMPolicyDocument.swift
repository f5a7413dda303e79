import StrictJSON
import Tidemark

/// The document of a managed policy's default version.
enum IAMPolicyDocument {
    /// The facet that has it.
    static let facet = "PolicyVersion"

    /// The document, which is unseen if the policy was not observed.
    static func inForce(ofPolicy arn: String, _ reader: inout FactReader) -> JSON? {
        reader.facet(facet, ofNamed: ResourceID(.iamPolicy, arn))?["Document"]
    }
}
