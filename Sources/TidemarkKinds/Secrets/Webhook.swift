/// A URL to which everyone who knows it can post: its path is a password.
///
/// Most have `hook` in the host or the path (Slack, Discord, Microsoft Teams, Mattermost, Zapier); these hosts do not.
/// Sources: the pages on incoming integrations of Google Chat, Telegram, PagerDuty, Splunk On-Call, Healthchecks.io, IFTTT and
/// ntfy.
enum Webhook {
    private static let hosts: Set = [
        "alert.victorops.com", "api.telegram.org", "chat.googleapis.com", "events.eu.pagerduty.com",
        "events.pagerduty.com",
        "hc-ping.com", "maker.ifttt.com", "ntfy.sh",
    ]

    static func isOne(host: some Sequence<UInt8>, path: some Sequence<UInt8>) -> Bool {
        let address = String(decoding: Array(host), as: UTF8.self).lowercased()
        let name = address.split(separator: "@").last?.prefix { $0 != ":" } ?? ""
        let path = String(decoding: Array(path), as: UTF8.self).lowercased()
        return hosts.contains(String(name)) || name.contains("hook") || path.contains("hook")
    }
}
