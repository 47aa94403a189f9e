package citizen.app.harness

import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.Resetter
import java.util.concurrent.Executor

/** The system's question for a finger. Robolectric's own gives no cipher back, and the cipher is what the app waits for. */
@Implements(BiometricPrompt::class)
class SoftPrompt {
    @Implementation
    fun authenticate(crypto: BiometricPrompt.CryptoObject, cancel: CancellationSignal, executor: Executor, callback: BiometricPrompt.AuthenticationCallback) {
        cipher = crypto
        asked = callback
    }

    companion object {
        private var cipher: BiometricPrompt.CryptoObject? = null
        private var asked: BiometricPrompt.AuthenticationCallback? = null

        /** The person puts the finger down: the hardware lets the cipher be used once. */
        fun recognises(released: Boolean = true) {
            SoftKeystore.recognised = released
            checkNotNull(asked) { "nobody asked for a finger" }.onAuthenticationSucceeded(BiometricPrompt.AuthenticationResult(cipher, BiometricPrompt.AUTHENTICATION_RESULT_TYPE_BIOMETRIC))
            asked = null
        }

        fun refuses(code: Int) = checkNotNull(asked) { "nobody asked for a finger" }.onAuthenticationError(code, "")

        @Resetter
        @JvmStatic
        fun reset() {
            cipher = null
            asked = null
        }
    }
}
