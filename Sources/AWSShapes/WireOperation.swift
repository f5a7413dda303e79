/// An operation: its input and output, and how its pages follow one another.
package struct WireOperation: Sendable, Hashable {
    package struct PageToken: Sendable, Hashable {
        /// The parameter of the next request.
        package let input: String
        /// The member of the answer with the parameter's value.
        package let output: String

        package init(input: String, output: String) {
            self.input = input
            self.output = output
        }
    }

    package let name: String
    /// Whether it is signed; operations that give credentials are not.
    package var isSigned = true
    package var input: String?
    package var output: String?
    /// The element around the output.
    package var wrapper: String?
    package var tokens: [PageToken] = []
    /// The member that says whether there is another page; without one, a token means that there is.
    package var more: String?
    /// The members that are joined across pages.
    package var results: [String] = []
    /// The address in a REST protocol; nil in other protocols.
    package var address: Address?
    /// The member of the input that is the whole body of the request.
    package var sends: String?
    /// The member of the output that is the whole body.
    package var payload: String?
    /// The member of the output that is the body's root element itself.
    package var unwrapped: String?
    /// The name of the root element of an answer.
    package var root: String?

    package struct Address: Sendable, Hashable {
        package let method: String
        /// The path below the bucket, with labels for members: `/{Key+}`, where the plus keeps slashes.
        package let path: String
        /// The query of every request, in front of the members' parameters.
        package let query: String?

        package init(method: String, path: String, query: String?) {
            self.method = method
            self.path = path
            self.query = query
        }
    }
}
