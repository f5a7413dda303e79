import StrictJSON
import Tidemark
import TidemarkKinds

extension StoredReason {
    /// The reason with secrets redacted in its values.
    var withoutSecrets: Self {
        let values = JSON.object(code.values).withoutSecretsInTexts.object ?? [:]
        return Self(ReasonCode(code.code, values))
    }
}
