package citizen.app.platform

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import citizen.core.KeyVault
import citizen.core.PlatformException
import java.io.File
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Small secrets in files that only a key of the phone's hardware opens. */
class KeystoreVault(private val context: Context) : KeyVault {
    private val folder = File(context.noBackupFilesDir, "vault").apply { mkdirs() }

    override fun load(name: String): ByteArray? = sealedBy {
        val file = AtomicFile(File(folder, name))
        if (!file.baseFile.exists()) return null
        val sealed = file.readFully()
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(TAG_BITS, sealed, 0, NONCE))
        cipher.updateAAD(name.toByteArray())
        cipher.doFinal(sealed, NONCE, sealed.size - NONCE)
    }

    override fun store(name: String, secret: ByteArray) = sealedBy {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, key())
        cipher.updateAAD(name.toByteArray())
        val file = AtomicFile(File(folder, name))
        val out = file.startWrite()
        out.write(cipher.iv + cipher.doFinal(secret))
        file.finishWrite(out)
    }

    override fun erase(name: String) = AtomicFile(File(folder, name)).delete()

    private fun key(): SecretKey {
        val store = KeyStore.getInstance(PROVIDER).apply { load(null) }
        (store.getKey(NAME, null) as? SecretKey)?.let { return it }
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

/** Whatever the hardware says of itself stays here: the core hears only that it did not answer. */
internal inline fun <T> sealedBy(work: () -> T): T = try {
    work()
} catch (_: java.security.GeneralSecurityException) {
    throw PlatformException.Unavailable()
} catch (_: java.io.IOException) {
    throw PlatformException.Unavailable()
}
