import Locking
import StrictJSON
import StrictYAML

/// The forms of `options.txt` that have a name. A value that has its option's form may be stored as it is.
enum NamedForm: String, CaseIterable {
    case arn
    /// An EBS volume or an instance store: `/dev/sdj=:100:true:gp2`.
    case device
    case boolean
    /// One HTTP status code, or a range of them.
    case code
    case cron
    /// `Sun:10:00`
    case dayTime = "day-time"
    case distinguishedName = "distinguished-name"
    /// ISO 8601: `PT30M`
    case duration
    /// The path of a file or a module of Python: `config/wsgi.py`, `config.wsgi:application`.
    case file
    /// Switches without values: `--no-dev --optimize-autoloader`.
    case flags
    case healthDocument = "health-document"
    /// A host's name, also with wildcards.
    case host
    case instanceType = "instance-type"
    case mimeType = "mime-type"
    /// `5 minute`
    case minutes
    case name
    case number
    /// A path to request, whose secret parts are redacted.
    case path
    case pathPattern = "path-pattern"
    case presignedURL = "presigned-url"
    case queueURL = "queue-url"
    /// An IAM role or instance profile: its name, also with a path, or its ARN.
    case role
    case secret
    /// `512M`
    case size
    /// Who may use SSH: `tcp,22,22,10.0.0.0/8`.
    case sourceRestriction = "source-restriction"
    /// How Node.js is started: `npm start`.
    case startCommand = "start-command"
    case time
    case url
    case version
    case zone

    func admits(_ text: String) -> Bool {
        switch self {
        case .healthDocument: (try? JSON(parsing: text)).map(HealthDocument.isHarmless) ?? false
        case .path: RedactedPath(text)?.secrets.isEmpty ?? false
        case .pathPattern: Self.path.admits(text.replacing(#/[*?]/#, with: "-"))
        case .role: Self.arn.admits(text) || text.wholeMatch(of: pattern) != nil
        case .startCommand: Self.isStartCommand(text)
        case .presignedURL, .secret, .url: false
        default: text.wholeMatch(of: pattern) != nil
        }
    }

    /// The pattern of the form.
    private var pattern: Regex<Substring> {
        Self.compiled.withLock { compiled in
            if let pattern = compiled[self] { return pattern }
            let pattern = compile()
            compiled[self] = pattern
            return pattern
        }
    }

    /// The patterns that were needed so far: to compile one takes much longer than to match it.
    private static let compiled = Locked<[NamedForm: Regex<Substring>]>([:])

    /// Compiles the pattern. No repetition in it is ambiguous, so that matching never takes long.
    private func compile() -> Regex<Substring> {
        switch self {
        case .arn: #/arn:aws[a-z\-]*:[a-z0-9\-]+:[a-z0-9\-]*:[0-9]*:[A-Za-z0-9_\/.:+=,@\-]+/#
        case .boolean: #/true|false/#.ignoresCase()
        case .code: #/[1-5][0-9]{2}(?:-[1-5][0-9]{2})?/#
        case .cron:
            #/[0-9*\/,\-?#L]{1,40}(?:\s[0-9*\/,\-?#L]{1,40}){3}\s(?:[0-9*\/,\-?#L]|MON|TUE|WED|THU|FRI|SAT|SUN){1,40}/#
        case .dayTime: #/(?:mon|tue|wed|thu|fri|sat|sun):[0-9]{1,2}:[0-9]{2}/#.ignoresCase()
        case .device:
            #/(?:\/dev\/)?[a-z]{1,6}[0-9]{0,2}=(?:ephemeral[0-9]{1,2}|(?:snap-[0-9a-f]{1,20})?(?::(?:[0-9]{1,6}|true|false|[a-z]{2}[0-9])?){0,5})/#
        case .distinguishedName: #/(?:OU|DC|CN)=[A-Za-z0-9 ._\-]{1,64}(?:,(?:OU|DC|CN)=[A-Za-z0-9 ._\-]{1,64})*/#
        case .duration: #/PT(?:[0-9]{1,5}[HMS]){1,3}/#
        case .file: #/(?:[A-Za-z0-9_.+:\-]|\/(?!\/))+/#
        case .flags: #/--[a-z][a-z\-]{1,39}(?:\s--[a-z][a-z\-]{1,39})*/#
        case .host: #/[A-Za-z0-9.*?\-]{1,253}/#
        case .instanceType: #/[a-z][a-z0-9\-]{0,15}(?:\.[a-z0-9\-]{1,15}){1,2}/#
        case .mimeType: #/[a-z]{1,20}\/[A-Za-z0-9.+\-]{1,60}/#
        case .minutes: #/[0-9]{1,4} ?minutes?/#.ignoresCase()
        case .name: #/[A-Za-z0-9._\-]{1,255}/#
        case .number: #/-?[0-9]{1,19}(?:\.[0-9]{1,9})?/#
        case .queueURL:
            #/https:\/\/(?:sqs\.[a-z0-9\-]+|[a-z0-9\-]+\.queue|queue)\.amazonaws\.com(?:\.cn)?\/[0-9]{12}\/[A-Za-z0-9_\-]{1,80}(?:\.fifo)?/#
        case .role: #/[A-Za-z0-9_.+=,@\/\-]{1,512}/#
        case .size: #/-?[0-9]{1,12}[KMG]?B?/#.ignoresCase()
        case .sourceRestriction:
            #/(?:tcp|udp|icmp|-1)(?:\s*,\s*-?[0-9]{1,5}){2}\s*,\s*(?:[0-9a-fA-F.:]{2,45}\/[0-9]{1,3}|(?:[0-9]{12}\/)?[A-Za-z0-9._\-]{1,255})/#
        case .time: #/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{3,15}(?:Z|[+\-][0-9]{2}:?[0-9]{2})?/#
        case .version: #/[0-9]{1,4}(?:\.[A-Za-z0-9\-]{1,16}){0,5}/#
        case .zone: #/[a-z]{2}(?:-[a-z0-9]{1,12}){2,5}/#
        case .healthDocument, .path, .pathPattern, .presignedURL, .secret, .startCommand, .url: #/(?!)/#
        }
    }

    private static func isStartCommand(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        let isArgument = { (word: Substring) in
            !word.hasPrefix("-") && word.split(separator: #/[\/:]/#).allSatisfy(RedactedPath.isWords)
        }
        return words.count <= 4 && ["node", "npm", "npx", "pnpm", "yarn"].contains(words.first)
            && words.dropFirst().allSatisfy(isArgument)
    }
}
