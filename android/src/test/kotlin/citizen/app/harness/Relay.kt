package citizen.app.harness

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.Collections
import java.util.concurrent.atomic.AtomicLong
import kotlin.concurrent.thread

/** The network between phone and city. Taking it away cuts what is open and refuses what comes. */
class Relay : AutoCloseable {
    private val listener = ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))
    private val open = Collections.synchronizedSet(mutableSetOf<Socket>())
    @Volatile var city = 0
    @Volatile var there = true
        set(value) {
            field = value
            if (!value) cut()
        }

    /** How many bytes the phone has sent. */
    val sent = AtomicLong()
    val url = "http://127.0.0.1:${listener.localPort}"

    init {
        thread(isDaemon = true) {
            while (!listener.isClosed) runCatching { accept(listener.accept()) }
        }
    }

    private fun accept(phone: Socket) {
        if (!there) return phone.close()
        val city = Socket("127.0.0.1", city)
        open += phone
        open += city
        pass(phone, city) { sent.addAndGet(it.toLong()) }
        pass(city, phone) {}
    }

    private fun pass(from: Socket, to: Socket, count: (Int) -> Unit) = thread(isDaemon = true) {
        runCatching { from.getInputStream().copyTo(to.getOutputStream().flushing(count)) }
        runCatching { from.close() }
        runCatching { to.close() }
        open -= from
    }

    private fun java.io.OutputStream.flushing(count: (Int) -> Unit) = object : java.io.FilterOutputStream(this) {
        override fun write(bytes: ByteArray, offset: Int, length: Int) {
            count(length)
            out.write(bytes, offset, length)
            out.flush()
        }
    }

    private fun cut() = synchronized(open) { open.toList() }.forEach { runCatching { it.close() } }

    override fun close() {
        listener.close()
        cut()
    }
}
