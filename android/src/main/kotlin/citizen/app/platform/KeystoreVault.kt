package citizen.app.platform

import android.content.Context
import android.os.UserManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import citizen.core.KeyVault
import citizen.core.PlatformException
import java.io.File
import java.security.KeyStore
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Small secrets in files that only a key of the phone's hardware opens. */
class KeystoreVault(private val context: Context) : KeyVault {
    private val folder = File(context.noBackupFilesDir, "vault")

    /** A secret that this phone's key does not open is not there: it came from another phone, or the hardware has lost its key. */
    override fun load(name: String): ByteArray? = sealedBy(context) {
        val file = AtomicFile(File(folder, name))
        if (!file.baseFile.exists() || !store().containsAlias(NAME)) return null
        return try {
            opened(name, file)
        } catch (_: AEADBadTagException) {
            null
        }
    }

    private fun opened(name: String, file: AtomicFile): ByteArray {
        val sealed = file.readFully()
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(TAG_BITS, sealed, 0, NONCE))
        cipher.updateAAD(name.toByteArray())
        return cipher.doFinal(sealed, NONCE, sealed.size - NONCE)
    }

    override fun store(name: String, secret: ByteArray) = sealedBy(context) {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, key())
        cipher.updateAAD(name.toByteArray())
        folder.mkdirs()
        val file = AtomicFile(File(folder, name))
        val out = file.startWrite()
        out.write(cipher.iv + cipher.doFinal(secret))
        file.finishWrite(out)
    }

    override fun erase(name: String) = AtomicFile(File(folder, name)).delete()

    private fun store() = KeyStore.getInstance(PROVIDER).apply { load(null) }

    private fun key(): SecretKey {
        (store().getKey(NAME, null) as? SecretKey)?.let { return it }
        val made = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        return inStrongBox(context) { strong ->
            made.init(
                KeyGenParameterSpec.Builder(NAME, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                    .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                    .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                    .setKeySize(256)
                    .setIsStrongBoxBacked(strong)
                    .build(),
            )
            made.generateKey()
        }
    }

    private companion object {
        const val NAME = "citizen-vault"
        const val CIPHER = "AES/GCM/NoPadding"
        const val TAG_BITS = 128
        const val NONCE = 12
    }
}

internal const val PROVIDER = "AndroidKeyStore"

/**
 * Whatever the hardware says of itself stays here. The core hears what has a way out of its own: a phone that was started and
 * not unlocked since, and a key that is void for good.
 */
internal inline fun <T> sealedBy(context: Context, work: () -> T): T = try {
    if (!context.getSystemService(UserManager::class.java)!!.isUserUnlocked) throw PlatformException.NotYetUnlocked()
    work()
} catch (_: KeyPermanentlyInvalidatedException) {
    throw PlatformException.Invalidated()
} catch (_: java.security.GeneralSecurityException) {
    throw PlatformException.Unavailable()
} catch (_: java.io.IOException) {
    throw PlatformException.Unavailable()
}
