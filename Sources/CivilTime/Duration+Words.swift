extension Duration {
    /// The duration in its largest whole unit: `26 hours`.
    package var inWords: String {
        let seconds = components.seconds
        let (count, unit) =
            switch seconds {
            case 172_800...: (seconds / 86_400, "day")
            case 7200...: (seconds / 3600, "hour")
            case 120...: (seconds / 60, "minute")
            default: (seconds, "second")
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
