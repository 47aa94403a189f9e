package citizen.app.platform

import android.app.Activity
import android.hardware.biometrics.BiometricManager
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import citizen.app.R
import java.io.File
import java.security.GeneralSecurityException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Opens a person's data with a finger or a face: the data key is sealed by a key that the hardware uses only right after
 * the person was recognised, and that is void once another finger is enrolled.
 */
class KeystoreBiometrics(private val activity: Activity) {
    private val folder = File(activity.noBackupFilesDir, "biometrics")

    /** Whether this phone can recognise a person well enough. */
    val possible: Boolean
        get() = Build.VERSION.SDK_INT >= Build.VERSION_CODES.R && activity.getSystemService(BiometricManager::class.java)
            ?.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG) == BiometricManager.BIOMETRIC_SUCCESS

    /** Whether this person has chosen it. */
    fun chosenBy(personId: String) = File(folder, personId).exists()

    /** Keeps a person's data key for the next time, once they were recognised. */
    fun keep(personId: String, dataKey: ByteArray, done: () -> Unit) = sealedBy {
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, make(personId)) }
        recognise(cipher) { ready ->
            folder.mkdirs()
            val file = AtomicFile(File(folder, personId))
            val out = file.startWrite()
            out.write(ready.iv + ready.doFinal(dataKey))
            file.finishWrite(out)
            done()
        }
    }

    /** Gives a person's data key once they were recognised. */
    fun open(personId: String, opened: (ByteArray) -> Unit) {
        val sealed = AtomicFile(File(folder, personId)).readFully()
        val key = KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(name(personId), null)
        try {
            val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(128, sealed, 0, 12)) }
            recognise(cipher) { ready -> opened(ready.doFinal(sealed, 12, sealed.size - 12)) }
        } catch (_: GeneralSecurityException) {
            // Another finger was enrolled since: from now on the PIN, until the person chooses anew.
            forget(personId)
        }
    }

    fun forget(personId: String) {
        AtomicFile(File(folder, personId)).delete()
    }

    private fun make(personId: String): SecretKey {
        val maker = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        maker.init(
            KeyGenParameterSpec.Builder(name(personId), KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setUserAuthenticationRequired(true)
                .setInvalidatedByBiometricEnrollment(true)
                .build(),
        )
        return maker.generateKey()
    }

    private fun recognise(cipher: Cipher, then: (Cipher) -> Unit) {
        val prompt = BiometricPrompt.Builder(activity)
            .setTitle(activity.getString(R.string.biometrics_title))
            .setNegativeButton(activity.getString(R.string.biometrics_pin), activity.mainExecutor) { _, _ -> }
            .build()
        prompt.authenticate(
            BiometricPrompt.CryptoObject(cipher), CancellationSignal(), activity.mainExecutor,
            object : BiometricPrompt.AuthenticationCallback() {
                override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
                    result.cryptoObject?.cipher?.let(then)
                }
            },
        )
    }

    private fun name(personId: String) = "biometrics-$personId"

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
    }
}
