import Reports
import Tidemark
import TidemarkKinds

extension Project.Environment {
    /// The environment variables whose values may be stored.
    var propertyNames: PropertyNames {
        let lists = plain.compactMap { ShippedName.name(in: $0).flatMap(ShippedPlainNames.text) }
        return PropertyNames(
            declaredPlain: plain.filter { ShippedName.name(in: $0) == nil },
            lists: lists.sorted().map(PlainNameList.init))
    }
}
