package citizen.app.platform

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network as PlatformNetwork

/** Tells when the phone gets a network and when it loses it. */
class Network(context: Context) {
    private val manager = context.getSystemService(ConnectivityManager::class.java)!!

    fun follow(tell: (Boolean) -> Unit) {
        manager.registerDefaultNetworkCallback(object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: PlatformNetwork) = tell(true)
            override fun onLost(network: PlatformNetwork) = tell(false)
        })
    }
}
