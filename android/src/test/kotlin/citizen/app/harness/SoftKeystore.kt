package citizen.app.harness

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import java.io.InputStream
import java.io.OutputStream
import java.security.AlgorithmParameters
import java.security.Key
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.Cipher
import javax.crypto.CipherSpi
import javax.crypto.IllegalBlockSizeException
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/**
 * The phone's keystore in software: the provider `AndroidKeyStore` as far as the app uses it. Keys do not leave it, outlive
 * the process, and one that is bound to a finger works only for a cipher that a finger was put down for.
 */
object SoftKeystore {
    private val entries = HashMap<String, Any>()

    /** Whether the next cipher that is used was released by a finger. */
    var recognised = false

    /** Who asked for keys in a separate chip. */
    val strongBox = mutableSetOf<String>()

    /** Each version of the framework has classes of its own: the provider that is there may belong to another. */
    fun install() {
        Security.removeProvider(NAME)
        // The first, so that no other tries a key whose bytes it cannot see.
        Security.insertProviderAt(AndroidKeyStore(), 1)
    }

    /** Another finger was enrolled: keys that are bound to fingers are void. */
    fun enrollAnotherFinger() = entries.values.filterIsInstance<HeldKey>().filter { it.bound }.forEach { it.void = true }

    /** The hardware has made a key void. */
    fun voidKey(alias: String) { (entries.getValue(alias) as HeldKey).void = true }

    /** The hardware has lost everything. */
    fun loseEverything() = entries.clear()

    private const val NAME = "AndroidKeyStore"

    private class HeldKey(val bytes: ByteArray, val bound: Boolean) : SecretKey {
        var void = false
        override fun getAlgorithm() = "AES"
        override fun getFormat(): String? = null
        override fun getEncoded(): ByteArray? = null
    }

    private class AndroidKeyStore : Provider(NAME, "1", "in software") {
        init {
            serve("KeyStore", NAME) { Store() }
            serve("KeyGenerator", "AES") { AesMaker() }
            serve("KeyPairGenerator", "EC") { EcMaker() }
            serve("Cipher", "AES/GCM/NoPadding") { HeldCipher() }
        }

        private fun serve(type: String, algorithm: String, make: () -> Any) = putService(object : Service(this, type, algorithm, "none", null, null) {
            override fun newInstance(parameter: Any?) = make()
            override fun supportsParameter(parameter: Any?) = parameter == null || parameter is HeldKey
        })
    }

    private class AesMaker : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec
        override fun engineInit(random: SecureRandom?) = error("a name is wanted")
        override fun engineInit(size: Int, random: SecureRandom?) = error("a name is wanted")
        override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) { spec = parameters as KeyGenParameterSpec }
        override fun engineGenerateKey(): SecretKey {
            if (spec.isStrongBoxBacked) strongBox += spec.keystoreAlias
            val key = HeldKey(ByteArray(32).also(SecureRandom()::nextBytes), spec.isUserAuthenticationRequired && spec.isInvalidatedByBiometricEnrollment)
            entries[spec.keystoreAlias] = key
            return key
        }
    }

    private class EcMaker : KeyPairGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec
        override fun initialize(size: Int, random: SecureRandom?) = error("a name is wanted")
        override fun initialize(parameters: AlgorithmParameterSpec, random: SecureRandom?) { spec = parameters as KeyGenParameterSpec }
        override fun generateKeyPair(): KeyPair {
            if (spec.isStrongBoxBacked) strongBox += spec.keystoreAlias
            val pair = KeyPairGenerator.getInstance("EC", "BC").apply { initialize(spec.algorithmParameterSpec) }.generateKeyPair()
            entries[spec.keystoreAlias] = pair
            return pair
        }
    }

    /** A certificate that says nothing but which key it is for. */
    private class Plain(private val pair: KeyPair) : Certificate("X.509") {
        override fun getPublicKey() = pair.public
        override fun getEncoded(): ByteArray = pair.public.encoded
        override fun verify(key: java.security.PublicKey?) = Unit
        override fun verify(key: java.security.PublicKey?, provider: String?) = Unit
        override fun toString() = "a public key"
    }

    private class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? = entries[alias].let { (it as? KeyPair)?.private ?: it as? Key }
        override fun engineGetCertificate(alias: String): Certificate? = (entries[alias] as? KeyPair)?.let(::Plain)
        override fun engineDeleteEntry(alias: String) { entries.remove(alias) }
        override fun engineContainsAlias(alias: String) = alias in entries
        override fun engineAliases(): Enumeration<String> = Collections.enumeration(entries.keys.toList())
        override fun engineSize() = entries.size
        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit
        override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit
        override fun engineIsKeyEntry(alias: String) = alias in entries
        override fun engineIsCertificateEntry(alias: String) = false
        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null
        override fun engineGetCreationDate(alias: String): Date? = null
        override fun engineGetCertificateAlias(certificate: Certificate?): String? = null
        override fun engineSetKeyEntry(alias: String, key: Key?, password: CharArray?, chain: Array<Certificate>?) = error("made here only")
        override fun engineSetKeyEntry(alias: String, key: ByteArray?, chain: Array<Certificate>?) = error("made here only")
        override fun engineSetCertificateEntry(alias: String, certificate: Certificate?) = error("made here only")
    }

    private class HeldCipher : CipherSpi() {
        private val real = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE")
        private lateinit var key: HeldKey

        private fun take(key: Key): SecretKeySpec {
            this.key = key as HeldKey
            if (key.void) throw KeyPermanentlyInvalidatedException()
            return SecretKeySpec(key.bytes, "AES")
        }

        override fun engineInit(mode: Int, key: Key, random: SecureRandom?) = real.init(mode, take(key))
        override fun engineInit(mode: Int, key: Key, parameters: AlgorithmParameterSpec?, random: SecureRandom?) = real.init(mode, take(key), parameters)
        override fun engineInit(mode: Int, key: Key, parameters: AlgorithmParameters?, random: SecureRandom?) = real.init(mode, take(key), parameters)
        override fun engineUpdateAAD(bytes: ByteArray, offset: Int, length: Int) = real.updateAAD(bytes, offset, length)
        override fun engineUpdate(input: ByteArray?, offset: Int, length: Int): ByteArray? = real.update(input, offset, length)
        override fun engineUpdate(input: ByteArray?, offset: Int, length: Int, output: ByteArray?, at: Int) = real.update(input, offset, length, output, at)
        override fun engineDoFinal(input: ByteArray?, offset: Int, length: Int): ByteArray {
            if (key.bound && !recognised) throw IllegalBlockSizeException("no finger")
            if (key.bound) recognised = false
            return if (input == null) real.doFinal() else real.doFinal(input, offset, length)
        }
        override fun engineDoFinal(input: ByteArray?, offset: Int, length: Int, output: ByteArray?, at: Int) = error("not used")
        override fun engineGetIV(): ByteArray = real.iv
        override fun engineGetBlockSize() = real.blockSize
        override fun engineGetOutputSize(length: Int) = real.getOutputSize(length)
        override fun engineGetParameters(): AlgorithmParameters = real.parameters
        override fun engineSetMode(mode: String?) = Unit
        override fun engineSetPadding(padding: String?) = Unit
    }
}
