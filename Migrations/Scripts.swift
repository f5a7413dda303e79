/// The scripts of this folder, which make a history's tables; a file has the first so many of them.
///
/// A script that a released Tidemark has run is never changed: the next change is the next script.
package enum Scripts {
    package static let inOrder = Embedded.all.map(\.text)
}
