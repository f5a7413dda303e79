/// The scripts of this folder, which create a history's tables. A file's version is the number of scripts that it has run.
///
/// A script that a released Tidemark has run is never changed: the next change is the next script.
package enum Scripts {
    package static let inOrder = Embedded.all.map(\.text)
}
