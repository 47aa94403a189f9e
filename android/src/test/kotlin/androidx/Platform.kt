// Stands in for androidx.test:monitor, which is not on Maven Central: as much of it as Robolectric calls.
package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

object InstrumentationRegistry {
    private var registered: Instrumentation? = null
    private var given = Bundle()

    @JvmStatic
    fun registerInstance(instrumentation: Instrumentation?, arguments: Bundle) {
        registered = instrumentation
        given = arguments
    }

    @JvmStatic
    fun getInstrumentation(): Instrumentation = checkNotNull(registered)

    @JvmStatic
    fun getArguments(): Bundle = Bundle(given)
}
