package citizen.app.platform

import citizen.core.TrustedRoots
import java.security.KeyStore
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/** The certificates that the phone lets this app trust. Android tells them to an app's own code, and to no library. */
class KeystoreRoots : TrustedRoots {
    override fun certificates(): List<ByteArray> {
        val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        factory.init(null as KeyStore?)
        return factory.trustManagers.filterIsInstance<X509TrustManager>().flatMap { it.acceptedIssuers.asList() }.map { it.encoded }
    }
}
