package citizen.app.platform

import android.content.Context
import android.content.pm.PackageManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import citizen.core.DeviceKeys
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/** A signing key for each person, made in the phone's hardware and never outside it. */
class KeystoreKeys(private val context: Context) : DeviceKeys {
    override fun publicPoint(personId: String): ByteArray = sealedBy(context) {
        val point = public(personId).w
        byteArrayOf(4) + whole(point.affineX) + whole(point.affineY)
    }

    override fun sign(personId: String, bytes: ByteArray): ByteArray = sealedBy(context) {
        public(personId)
        val key = store().getKey(name(personId), null) as PrivateKey
        val signed = Signature.getInstance("SHA256withECDSA").run { initSign(key); update(bytes); sign() }
        plain(signed)
    }

    override fun eraseKey(personId: String) = sealedBy(context) { store().deleteEntry(name(personId)) }

    private fun public(personId: String): ECPublicKey {
        (store().getCertificate(name(personId))?.publicKey as? ECPublicKey)?.let { return it }
        val maker = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER)
        return inStrongBox(context) { strong ->
            maker.initialize(
                KeyGenParameterSpec.Builder(name(personId), KeyProperties.PURPOSE_SIGN)
                    .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                    .setDigests(KeyProperties.DIGEST_SHA256)
                    .setIsStrongBoxBacked(strong)
                    .build(),
            )
            maker.generateKeyPair().public as ECPublicKey
        }
    }

    private fun store() = KeyStore.getInstance(PROVIDER).apply { load(null) }
    private fun name(personId: String) = "citizen-$personId"
}

/** 32 bytes, whatever sign or length the number was written with. */
private fun whole(number: BigInteger): ByteArray {
    val bytes = number.toByteArray()
    return ByteArray(maxOf(0, 32 - bytes.size)) + bytes.copyOfRange(maxOf(0, bytes.size - 32), bytes.size)
}

/** The two numbers of a DER signature, 32 bytes each. */
internal fun plain(der: ByteArray): ByteArray {
    val first = 4
    val length = der[first - 1].toInt()
    val second = first + length + 2
    val r = BigInteger(1, der.copyOfRange(first, first + length))
    val s = BigInteger(1, der.copyOfRange(second, second + der[second - 1]))
    return whole(r) + whole(s)
}

/** Makes a key in the phone's separate chip where there is one, else in its trusted part. */
internal fun <T> inStrongBox(context: Context, make: (Boolean) -> T): T {
    val strong = context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)
    if (!strong) return make(false)
    return try {
        make(true)
    } catch (_: StrongBoxUnavailableException) {
        make(false)
    }
}
