package citizen.app

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.w3c.dom.Element

/** What can be seen of the app without running it: manifest, resources, and what a thin shell must not hold. */
class StaticTest {
    private val main = File("src/main")
    private val sources = File(main, "kotlin").walk().filter { it.extension == "kt" }.toList()

    private fun elements(file: File, tag: String): List<Element> {
        val found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getElementsByTagName(tag)
        return (0 until found.length).map { found.item(it) as Element }
    }

    private fun manifest(tag: String) = elements(File(main, "AndroidManifest.xml"), tag)

    @Test
    fun onlyTheOneActivityIsOpenToOthers() {
        val exported = listOf("activity", "service", "provider", "receiver").flatMap(::manifest)
            .filter { it.getAttribute("android:exported") != "false" }.map { it.getAttribute("android:name") }
        assertEquals(listOf("citizen.app.MainActivity"), exported)
    }

    @Test
    fun nothingIsBackedUpAndNothingGoesInTheClear() {
        val app = manifest("application").single()
        assertEquals("false", app.getAttribute("android:allowBackup"))
        assertEquals("false", app.getAttribute("android:usesCleartextTraffic"))
        val excluded = elements(File(main, "res/xml/no_backup.xml"), "exclude").map { it.getAttribute("domain") }.toSet()
        assertEquals(setOf("root", "file", "database", "sharedpref", "external"), excluded)
        assertEquals("false", elements(File(main, "res/xml/network.xml"), "base-config").single().getAttribute("cleartextTrafficPermitted"))
    }

    @Test
    fun everyPermissionIsUsed() {
        val uses = mapOf(
            "INTERNET" to "citizen.core", "ACCESS_NETWORK_STATE" to "ConnectivityManager",
            "USE_BIOMETRIC" to "BiometricPrompt", "RUN_USER_INITIATED_JOBS" to "setUserInitiated", "POST_NOTIFICATIONS" to "NotificationManager",
        )
        val asked = manifest("uses-permission").map { it.getAttribute("android:name").substringAfterLast('.') }
        val text = sources.joinToString("\n") { it.readText() }
        asked.forEach { assertTrue("$it is asked for and not used", text.contains(uses.getValue(it))) }
    }

    @Test
    fun everyWordIsThereInBothLanguages() {
        val names = { file: String -> (elements(File(main, file), "string") + elements(File(main, file), "plurals")).map { it.getAttribute("name") } }
        val zh = names("res/values/strings.xml")
        assertEquals("each once", zh.size, zh.toSet().size)
        assertEquals(zh.toSet(), names("res/values-en/strings.xml").toSet())
        val parts = { file: String -> elements(File(main, file), "string").associate { it.getAttribute("name") to Regex("%\\d\\$[ds]").findAll(it.textContent).map { part -> part.value }.toSet() } }
        assertEquals("the same places to fill", parts("res/values/strings.xml"), parts("res/values-en/strings.xml"))
        val used = sources.flatMap { Regex("R\\.(string|plurals)\\.(\\w+)").findAll(it.readText()).map { name -> name.groupValues[2] } }.toSet()
        assertEquals("words that nothing shows", emptySet<String>(), zh.toSet() - used - File(main, "AndroidManifest.xml").readText().let { text -> zh.filter { "@string/$it" in text }.toSet() })
    }

    @Test
    fun noWordsOutsideTheResources() {
        val han = Regex("[\\u4e00-\\u9fff]")
        val found = sources.filter { it.path.contains("/kotlin/") && han.containsMatchIn(it.readText()) }
        assertEquals(emptyList<File>(), found)
        val spoken = Regex("\"[A-Z][a-z]+ [a-z]+[^\"]*\"")
        assertEquals(emptyList<String>(), sources.flatMap { file -> spoken.findAll(file.readText()).map { "${file.name}: ${it.value}" } })
    }

    @Test
    fun theShellIsThin() {
        val foreign = listOf("android.database.sqlite", "SELECT ", "HttpURLConnection", "okhttp", "java.net.URL", "org.json", "JSONObject", "javax.crypto", "MessageDigest", "java.security")
        val found = sources.filter { "/platform/Keystore" !in it.path }.flatMap { file -> foreign.filter { it in file.readText() }.map { "${file.name}: $it" } }
        assertEquals("SQL, HTTP, JSON or crypto in the shell; only the platform's keystore may", emptyList<String>(), found)
        val design = sources.filter { "/design/" in it.path && "citizen.core" in it.readText() }
        assertEquals("the design knows nothing of the core", emptyList<File>(), design)
        val fields = Regex("invoice|hospital|visit_kind|senior-card|medical-reimbursement")
        assertEquals("a field of a service in the shell", emptyList<String>(), sources.filter { fields.containsMatchIn(it.readText().replace("ENTRY_HOSPITAL", "").replace("entry_hospital", "")) && it.name != "Money.kt" }.map { it.name })
        val lines = sources.map { it.readLines().size }.sorted()
        val median = lines[lines.size / 2]
        println("${sources.size} Kotlin files, ${lines.sum()} lines, median $median, longest ${lines.last()}")
        assertTrue("median of $median lines", median < 120)
    }
}
