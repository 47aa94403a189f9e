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
import java.io.IOException
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

    /** Keeps a person's data key for the next time, once they were recognised. The key is wiped then. */
    fun keep(personId: String, dataKey: ByteArray, failed: (Unrecognised) -> Unit, done: () -> Unit) = attempt(personId, failed) {
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, make(personId)) }
        recognise(personId, cipher, failed) { ready ->
            folder.mkdirs()
            val file = AtomicFile(File(folder, personId))
            val out = file.startWrite()
            out.write(ready.iv + ready.doFinal(dataKey))
            file.finishWrite(out)
            dataKey.fill(0)
            done()
        }
    }

    /** Gives a person's data key once they were recognised. */
    fun open(personId: String, failed: (Unrecognised) -> Unit, opened: (ByteArray) -> Unit) = attempt(personId, failed) {
        val sealed = AtomicFile(File(folder, personId)).readFully()
        val key = KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(name(personId), null)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(128, sealed, 0, 12)) }
        recognise(personId, cipher, failed) { ready -> opened(ready.doFinal(sealed, 12, sealed.size - 12)) }
    }

    /** A key that the hardware no longer uses is void for good: another finger was enrolled since. From now on the PIN. */
    private fun attempt(personId: String, failed: (Unrecognised) -> Unit, work: () -> Unit) = try {
        work()
    } catch (_: GeneralSecurityException) {
        forget(personId)
        failed(Unrecognised.CHANGED)
    } catch (_: IOException) {
        forget(personId)
        failed(Unrecognised.CHANGED)
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

    private fun recognise(personId: String, cipher: Cipher, failed: (Unrecognised) -> Unit, then: (Cipher) -> Unit) {
        val prompt = BiometricPrompt.Builder(activity)
            .setTitle(activity.getString(R.string.biometrics_title))
            .setNegativeButton(activity.getString(R.string.biometrics_pin), activity.mainExecutor) { _, _ -> }
            .build()
        prompt.authenticate(
            BiometricPrompt.CryptoObject(cipher), CancellationSignal(), activity.mainExecutor,
            object : BiometricPrompt.AuthenticationCallback() {
                override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
                    result.cryptoObject?.cipher?.let { attempt(personId, failed) { then(it) } }
                }

                override fun onAuthenticationError(code: Int, words: CharSequence?) {
                    if (code !in LEFT) failed(Unrecognised.PAUSED)
                }
            },
        )
    }

    private fun name(personId: String) = "biometrics-$personId"

    private companion object {
        /** The person has chosen not to. */
        val LEFT = listOf(BiometricPrompt.BIOMETRIC_ERROR_CANCELED, BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED)
        const val CIPHER = "AES/GCM/NoPadding"
    }
}

/** Why a person was not recognised, in words, and what to do. */
enum class Unrecognised(val title: Int, val words: Int) {
    CHANGED(R.string.biometrics_changed, R.string.biometrics_changed_words),
    PAUSED(R.string.biometrics_paused, R.string.biometrics_paused_words),
}
