import StrictJSON
import Tidemark

/// The route tables of a VPC.
enum EC2RouteTables {
    /// The beginning of their identities.
    static func prefix(ofVPC id: String) -> String { "\(id)/" }

    static func parts(of identity: String) -> (vpc: String, table: String)? {
        let parts = identity.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    /// All route tables of a VPC. The fact is unseen if they could not be listed.
    static func tables(of vpc: String, _ reader: inout FactReader) -> [JSON] {
        reader.resources(of: .ec2RouteTable, within: prefix(ofVPC: vpc))
            .compactMap { reader.facet(FacetID($0, Snapshot.description)) }
    }
}
