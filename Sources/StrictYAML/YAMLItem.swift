/// An item of a list, in both styles of YAML.
package struct YAMLItem {
    /// The item on one line.
    let flow: String
    /// The item on several lines, from the number of spaces before its dash, and of columns from the dash to its members.
    let block: (_ dash: Int, _ offset: Int) -> [String]

    package init(flow: String, block: @escaping (_ dash: Int, _ offset: Int) -> [String]) {
        self.flow = flow
        self.block = block
    }
}
