package citizen.app.harness

import java.io.File
import java.nio.file.Files

/** A city process on a loopback port, known to the phone through a network that can be taken away; and its officers. */
class City(more: List<File> = emptyList()) : AutoCloseable {
    private val folder: File = Files.createTempDirectory("city").toFile()
    val network = Relay()
    private val process: Process

    init {
        val command = listOf(BINARY, "serve", "--listen", "127.0.0.1:0", "--seed", "demo", "--public-url", network.url, "--data", data) + catalogue(more)
        process = ProcessBuilder(command).redirectError(File(folder, "log")).start()
        val ready = process.inputStream.bufferedReader().readLine()
        checkNotNull(ready) { "the city ended before it was ready: " + File(folder, "log").readText() }
        val noted = File(data, "city.json").readText()
        network.city = checkNotNull(Regex("http://127\\.0\\.0\\.1:(\\d+)").find(noted)).groupValues[1].toInt()
    }

    /** The city's own services with those of a test. */
    private fun catalogue(more: List<File>): List<String> {
        if (more.isEmpty()) return emptyList()
        val documents = File(folder, "catalogue").apply { mkdirs() }
        (CATALOGUE.listFiles().orEmpty().toList() + more).forEach { it.copyTo(File(documents, it.name)) }
        return listOf("--catalogue", documents.path)
    }

    private val data get() = File(folder, "data").path

    /** Runs an officer's command and gives what it says. */
    fun officer(vararg arguments: String): String {
        val run = ProcessBuilder(listOf(BINARY) + arguments + listOf("--json", "--data", data)).redirectErrorStream(true).start()
        val said = run.inputStream.bufferedReader().readText()
        check(run.waitFor() == 0) { "city ${arguments.joinToString(" ")}: $said" }
        return said
    }

    /** The text message that a person who signs in would get. */
    fun code(idNumber: String): String = checkNotNull(Regex("\"code\":\\s*\"(\\d+)\"").find(officer("code", idNumber))).groupValues[1]

    /** What the city did for a person, as text. */
    fun ledger(idNumber: String): String = officer("ledger", idNumber)

    override fun close() {
        process.destroy()
        process.waitFor()
        network.close()
        folder.deleteRecursively()
    }

    private companion object {
        val CATALOGUE = File("../city/catalogue")
        val BINARY: String = System.getProperty("city.binary")
    }
}
