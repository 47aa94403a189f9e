package citizen.app.harness

import java.net.HttpURLConnection
import java.net.URI
import java.net.URLEncoder

/** The person's browser: walks the city's sign-in pages and says which address they end at. */
class Browser(private val city: City, private val idNumber: String) {
    fun walk(start: String): String {
        var address = URI(start)
        var body: String? = null
        repeat(MOST) {
            val request = address.toURL().openConnection() as HttpURLConnection
            request.instanceFollowRedirects = false
            body?.let { form ->
                request.requestMethod = "POST"
                request.doOutput = true
                request.setRequestProperty("content-type", "application/x-www-form-urlencoded")
                request.outputStream.use { it.write(form.toByteArray()) }
            }
            if (request.responseCode in 300..399) {
                val next = address.resolve(request.getHeaderField("location"))
                if (next.scheme == "citizen-app") return next.toString()
                address = next
                body = null
            } else {
                val page = (request.errorStream ?: request.inputStream).bufferedReader().readText()
                val form = checkNotNull(FORM.find(page)) { page }.value
                address = address.resolve(attribute(form.substringBefore('>'), "action").orEmpty())
                body = fill(form)
            }
        }
        error("the sign-in pages go round in circles")
    }

    private fun fill(form: String): String {
        val inputs = INPUT.findAll(form).map { it.value }.toList()
        val hidden = inputs.filter { attribute(it, "type") == "hidden" }.map { attribute(it, "name") to attribute(it, "value") }
        val typed = when {
            inputs.any { attribute(it, "name") == "id_number" } -> "id_number" to idNumber
            inputs.any { attribute(it, "name") == "code" } -> "code" to city.code(idNumber)
            else -> "consent" to "allow"
        }
        return (hidden + typed).joinToString("&") { (name, value) -> "$name=" + URLEncoder.encode(value.orEmpty(), "UTF-8") }
    }

    private fun attribute(tag: String, name: String) =
        Regex("\\b$name=(\"([^\"]*)\"|'([^']*)'|([^\\s>]+))").find(tag)?.groupValues?.drop(2)?.firstOrNull { it.isNotEmpty() }?.replace("&amp;", "&")

    private companion object {
        const val MOST = 10
        val FORM = Regex("<form[^>]*method=\"?post.*?</form>", setOf(RegexOption.IGNORE_CASE, RegexOption.DOT_MATCHES_ALL))
        val INPUT = Regex("<(input|button)[^>]*>")
    }
}
