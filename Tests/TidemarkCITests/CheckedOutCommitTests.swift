import Foundation
import Testing

@testable import TidemarkCI

@Suite struct CheckedOutCommitTests {
    private static let id = "9d07b3a1f2c4e5d6b7a8091a2b3c4d5e6f708192"

    /// A folder with these files.
    private final class Files {
        let path: String

        init(_ files: [String: String]) throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "checkout-\(UUID())")
            path = folder.path
            for (name, text) in files {
                let file = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func commit(_ files: [String: String], below folder: String = "") throws -> String? {
        let files = try Files(files)
        return CheckedOutCommit.find(around: files.path + folder)
    }

    @Test func `a detached head is the commit`() throws {
        #expect(try commit([".git/HEAD": "\(Self.id)\n"]) == Self.id)
        #expect(try commit([".git/HEAD": Self.id, "a/b/c": ""], below: "/a/b") == Self.id)
    }

    @Test func `a branch is followed, packed or not`() throws {
        let head = [".git/HEAD": "ref: refs/heads/main\n"]
        #expect(try commit(head.merging([".git/refs/heads/main": "\(Self.id)\n"]) { $1 }) == Self.id)
        let packed = "# pack-refs with: peeled fully-peeled sorted\n\(Self.id) refs/heads/main\n^\(Self.id)\n"
        #expect(try commit(head.merging([".git/packed-refs": packed]) { $1 }) == Self.id)
        let other = "\(Self.id) refs/heads/not/refs/heads/main\n"
        #expect(try commit(head.merging([".git/packed-refs": other]) { $1 }) == nil)
        #expect(try commit(head) == nil)
    }

    @Test func `a further work tree has its own head and the branches of the first`() throws {
        let files = [
            "main/.git/worktrees/w/HEAD": "ref: refs/heads/topic\n", "main/.git/worktrees/w/commondir": "../..\n",
            "main/.git/refs/heads/topic": "\(Self.id)\n", "w/.git": "gitdir: ../main/.git/worktrees/w\n",
        ]
        #expect(try commit(files, below: "/w") == Self.id)
    }

    @Test(arguments: [
        "ref: refs/heads/../../../secret\n", "ref: ../secret\n", "ref: /etc/hostname\n", "hunter2\n", "", "ref: \n",
        "ref: refs/heads/.invalid\n",
    ])
    func `no other file is read, and nothing but an id is taken`(_ head: String) throws {
        #expect(try commit([".git/HEAD": head, "secret": "hunter2"]) == nil)
    }

    @Test func `a pipe in the place of a file does not keep the command waiting`() throws {
        let files = try Files([".git/config": ""])
        #expect(mkfifo("\(files.path)/.git/HEAD", 0o600) == 0)
        #expect(CheckedOutCommit.find(around: files.path) == nil)
    }

    @Test func `without a checkout there is no commit`() {
        #expect(CheckedOutCommit.find(around: "/proc/self") == nil)
    }
}
