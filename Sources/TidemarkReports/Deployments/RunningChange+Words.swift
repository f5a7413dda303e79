import Tidemark

extension RunningChange {
    /// `v9 → v10`, or `v10` where it is as before; nil for an environment without versions.
    var versionInWords: String? {
        guard let before, changesVersion else { return running.version?.printable }
        return "\(before.version?.printable ?? "none") → \(running.version?.printable ?? "none")"
    }

    /// The version and the images that are others than before, a line each; nil if none are.
    var inWords: String? {
        let version = changesVersion ? [versionInWords].compactMap(\.self) : []
        guard changedImages.isEmpty else { return (version + changedImages.map(\.inWords)).joinedOrNil }
        return version.isEmpty ? nil : (version + [imagesAsBefore]).joinedOrNil
    }

    /// `the images are as before`, with those that have another digest or name.
    var imagesAsBefore: String {
        (["the images are as before"] + sameUnderOtherNames.map(\.inWords)).joined(separator: "\n")
    }
}

extension ImageChange {
    /// `antenna-backend:v9 → antenna-backend:v10 in celery, django`.
    var inWords: String {
        let tasks = containers.isEmpty ? "" : " in \(containers.map(\.printable).joined(separator: ", "))"
        guard !before.isEmpty else {
            return image.inWords + (isAsBefore == true ? ", as before" : ", first seen") + tasks
        }
        let names = "\(before.map(\.inWords).joined(separator: ", ")) → \(image.inWords)\(tasks)"
        switch isAsBefore {
        case true?: return "\(names), the same image"
        case false?: return names
        case nil: return "\(names), perhaps the same image: its manifests are not known"
        }
    }
}
