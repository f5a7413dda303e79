import Tidemark

extension HotJournal {
    var ignored: String {
        "ignored '\(name)': '\(file.name)' is whole without it; the next recording renames it"
    }

    var playedBackInACopy: String {
        "a killed writer left '\(file.name)' half written; this answer is from a copy without the unfinished change, and the "
            + "next recording repairs the file"
    }

    var playedBack: String {
        "a killed writer left '\(file.name)' half written; its unfinished change was rolled back"
    }

    func setAside(as other: String) -> String {
        "renamed '\(name)' to '\(other)': '\(file.name)' is whole without it"
    }
}
