package citizen.app

import android.app.Notification
import android.app.NotificationManager
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.Intent
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager
import android.hardware.biometrics.BiometricPrompt
import android.net.Uri
import android.os.Parcel
import android.os.UserManager
import android.view.MotionEvent
import android.view.WindowManager
import citizen.app.harness.City
import citizen.app.harness.Gallery
import citizen.app.harness.Phone
import citizen.app.harness.SoftKeystore
import citizen.app.harness.SoftPrompt
import citizen.app.harness.TestApp
import citizen.app.platform.KeystoreKeys
import citizen.app.platform.KeystoreRoots
import citizen.app.platform.KeystoreVault
import citizen.app.platform.Notices
import citizen.app.platform.SendJob
import citizen.app.platform.SyncJob
import citizen.core.OutboxKind
import citizen.core.PlatformException
import citizen.core.UploadProgress
import java.io.File
import java.math.BigInteger
import java.security.AlgorithmParameters
import java.security.KeyFactory
import java.security.Signature
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECParameterSpec
import java.security.spec.ECPoint
import java.security.spec.ECPublicKeySpec
import java.time.Duration
import java.util.Collections
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowBiometricManager
import org.robolectric.shadows.ShadowJobService

/** What the platform does for the app, each duty by itself. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, shadows = [SoftPrompt::class], qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class PlatformTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private val gallery by lazy { Gallery(phone) }
    private val app get() = RuntimeEnvironment.getApplication() as TestApp

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        shadowOf(app.packageManager).setSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE, true)
        fingers(there = false)
        SoftKeystore.loseEverything()
        phone = Phone(city)
    }

    @After
    fun end() {
        phone.close()
        city.close()
    }

    private fun fingers(there: Boolean) {
        val manager = app.getSystemService(BiometricManager::class.java)!!
        Shadow.extract<ShadowBiometricManager>(manager).run {
            setAuthenticatorType(BiometricManager.Authenticators.BIOMETRIC_STRONG)
            setCanAuthenticate(there)
        }
    }

    private fun signIn() {
        phone.tap("同意并开始")
        phone.beginSignIn(WANG)
        repeat(2) { phone.pin(PIN) }
        phone.mustSee("医保余额")
    }

    private fun finger() {
        SoftPrompt.recognises()
        phone.settle()
    }

    @Test
    fun aSecretIsOpenedByTheKeystoreAloneAndOnlyUnderItsName() {
        val vault = KeystoreVault(app)
        vault.store("one", "a secret".toByteArray())
        vault.store("one", "another".toByteArray())
        assertArrayEquals("another".toByteArray(), KeystoreVault(app).load("one"))
        assertNull(vault.load("two"))
        val folder = File(app.noBackupFilesDir, "vault")
        assertFalse(File(folder, "one").readText(Charsets.ISO_8859_1).contains("another"))
        File(folder, "one").copyTo(File(folder, "two"))
        assertNull("a secret under another name is none", vault.load("two"))
        assertTrue("in a separate chip where there is one", "citizen-vault" in SoftKeystore.strongBox)
        vault.erase("one")
        assertNull(vault.load("one"))
        SoftKeystore.voidKey("citizen-vault")
        assertThrows(PlatformException.Invalidated::class.java) { vault.load("two") }
        shadowOf(app.getSystemService(UserManager::class.java)).setUserUnlocked(false)
        assertThrows(PlatformException.NotYetUnlocked::class.java) { vault.load("two") }
        assertThrows(PlatformException.NotYetUnlocked::class.java) { KeystoreKeys(app).sign("somebody", ByteArray(1)) }
        shadowOf(app.getSystemService(UserManager::class.java)).setUserUnlocked(true)
        SoftKeystore.loseEverything()
        assertNull("what came from another phone is not there", vault.load("two"))
    }

    @Test
    fun theCertificatesThatThePhoneTrustsAreOfAuthorities() {
        val factory = CertificateFactory.getInstance("X.509")
        val roots = KeystoreRoots().certificates().map { factory.generateCertificate(it.inputStream()) as X509Certificate }
        assertTrue("${roots.size} roots", roots.size > 10)
        // The oldest of them are of a version that does not say so.
        assertTrue(roots.all { it.version < 3 || it.basicConstraints >= 0 })
    }

    @Test
    fun aPersonsKeySignsAsTheCoreReadsIt() {
        val keys = KeystoreKeys(app)
        val point = keys.publicPoint("somebody")
        assertArrayEquals(point, KeystoreKeys(app).publicPoint("somebody"))
        assertNotEquals(point.toList(), keys.publicPoint("somebody else").toList())
        repeat(64) { round ->
            val signed = keys.sign("somebody", byteArrayOf(round.toByte()))
            assertEquals(64, signed.size)
            assertTrue("round $round", verifies(point, byteArrayOf(round.toByte()), signed))
        }
        keys.eraseKey("somebody")
        assertNotEquals(point.toList(), keys.publicPoint("somebody").toList())
    }

    private fun verifies(point: ByteArray, bytes: ByteArray, signed: ByteArray): Boolean {
        val curve = AlgorithmParameters.getInstance("EC", "BC").apply { init(ECGenParameterSpec("secp256r1")) }.getParameterSpec(ECParameterSpec::class.java)
        val at = { from: Int -> BigInteger(1, point.copyOfRange(from, from + 32)) }
        val key = KeyFactory.getInstance("EC", "BC").generatePublic(ECPublicKeySpec(ECPoint(at(1), at(33)), curve))
        return Signature.getInstance("SHA256withPLAIN-ECDSA", "BC").run { initVerify(key); update(bytes); verify(signed) }
    }

    @Test
    fun aFingerOpensTheAppUntilAnotherOneIsEnrolled() {
        fingers(there = true)
        signIn()
        phone.confirm()
        finger()
        phone.diesAndReturns()
        phone.tap("用指纹或面容打开")
        assertTrue("nothing opens before the finger", phone.sees("请输入 6 位解锁码"))
        finger()
        phone.mustSee("医保余额")
        phone.diesAndReturns()
        phone.tap("用指纹或面容打开")
        SoftPrompt.refuses(BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT)
        phone.mustSee("这次没有认出来")
        SoftKeystore.enrollAnotherFinger()
        phone.tap("用指纹或面容打开")
        phone.mustSee("手机里的指纹或人脸有变动")
        assertFalse("only the PIN from now on", phone.sees("用指纹或面容打开"))
        phone.pin(PIN)
        phone.mustSee("医保余额")
        phone.tap("设置")
        phone.tap("用指纹或面容打开")
        phone.pin(PIN)
        finger()
        phone.tap("改回只用解锁码")
        phone.mustSee("用指纹或面容打开")
        assertEquals("nothing is kept", emptyList<String>(), File(app.noBackupFilesDir, "biometrics").list().orEmpty().toList())
    }

    @Test
    fun aFingerOpensTheWayForWhoForgotThePin() {
        fingers(there = true)
        signIn()
        phone.confirm()
        finger()
        phone.tap("设置")
        phone.activity.go("biometrics")
        phone.settle()
        gallery.look("58-finger")
        phone.diesAndReturns()
        phone.mustSee("用指纹或面容打开")
        gallery.look("57-locked-finger")
        phone.tap("忘记解锁码")
        gallery.look("59-forgot-pin-finger")
        phone.tap("用指纹或面容打开，换一个解锁码")
        finger()
        repeat(2) { phone.pin("583920") }
        phone.until("it is open") { app.core.person != null }
        app.core.lock()
        phone.toHome()
        phone.pin(PIN)
        phone.mustSee("解锁码不对")
        phone.pin("583920")
        phone.mustSee("医保余额")
        assertEquals(emptyList<String>(), gallery.findings)
    }

    @Test
    fun aCipherThatNoFingerReleasedOpensNothing() {
        fingers(there = true)
        signIn()
        phone.confirm()
        SoftPrompt.recognises(released = false)
        phone.settle()
        assertEquals(emptyList<String>(), File(app.noBackupFilesDir, "biometrics").list().orEmpty().toList())
    }

    @Test
    fun aRedirectThatNobodyAskedForChangesNothing() {
        signIn()
        listOf("citizen-app:/callback?code=stolen&state=guessed", "citizen-app://evil/callback?code=a", "https://evil.example/callback", "citizen-app:/other").forEach { address ->
            phone.opened(Intent(Intent.ACTION_VIEW, Uri.parse(address)))
            assertTrue(address, phone.sees("医保余额"))
            assertNull(address, app.core.cameBack)
        }
        phone.toHome()
        app.core.lock()
        phone.activity.redraw()
        phone.opened(Intent(Intent.ACTION_VIEW, Uri.parse("citizen-app:/callback?code=stolen")))
        assertTrue("locked stays locked", phone.sees("请输入 6 位解锁码"))
    }

    @Test
    fun aForgedRedirectWhileSigningInSignsNobodyIn() {
        phone.tap("同意并开始")
        phone.tap("登录")
        phone.opened(Intent(Intent.ACTION_VIEW, Uri.parse("citizen-app:/callback?code=stolen&state=guessed")))
        repeat(2) { phone.pin(PIN) }
        assertEquals(emptyList<Any>(), app.core.app.people())
        assertNull(app.core.person)
    }

    @Test
    fun noticesNameNobodyAndNothing() {
        val notices = Notices(app)
        notices.somethingNew()
        val manager = app.getSystemService(NotificationManager::class.java)!!
        val shown = shadowOf(manager).allNotifications + notices.sending(1, 4)
        assertEquals(2, shown.size)
        shown.forEach { notice ->
            assertEquals(Notification.VISIBILITY_PRIVATE, notice.visibility)
            assertEquals("城市一网通办", notice.publicVersion.extras.getString(Notification.EXTRA_TITLE))
            assertEquals("打开应用查看", notice.publicVersion.extras.getString(Notification.EXTRA_TEXT))
        }
        assertEquals(250, shown[1].extras.getInt(Notification.EXTRA_PROGRESS))
        assertTrue(shown[1].flags and Notification.FLAG_ONGOING_EVENT != 0)
    }

    @Test
    fun whatIsFiledIsSentByAJobThatThePersonBegan() {
        signIn()
        phone.network(false)
        file()
        phone.mustSee("已经存好")
        val scheduler = app.getSystemService(JobScheduler::class.java)!!
        val job = scheduler.allPendingJobs.single()
        assertEquals(SendJob.JOB, job.id)
        assertTrue(job.isUserInitiated)
        city.network.there = true
        val service = Robolectric.buildService(SendJob::class.java).create().get()
        assertTrue(service.onStartJob(somebody()))
        val done = Shadow.extract<ShadowJobService>(service)
        phone.until("the job has sent it") { done.isJobFinished }
        assertFalse("nothing is left", done.isRescheduleNeeded)
        assertTrue("\"library-card\"" in city.ledger(WANG))
        app.core.lock()
        assertFalse("without a key nothing begins", Robolectric.buildService(SyncJob::class.java).create().get().onStartJob(somebody()))
    }

    @Test
    fun howFarAPhotographIsStandsInTheOutbox() {
        signIn()
        phone.network(false)
        file(File(System.getProperty("papers"), "invoice.jpg"))
        phone.mustSee("已经存好")
        val upload = app.core.person!!.outbox.page(0u, 9u).first { it.kind is OutboxKind.Upload }
        app.core.sending[upload.transactionId] = UploadProgress(upload.transactionId, 1u, 4u)
        phone.activity.redraw()
        phone.mustSee("照片已传 25%")
        val told = Collections.synchronizedList(mutableListOf<ULong>())
        app.core.watched = { app.core.sending[upload.transactionId]?.let { told += it.sent } }
        phone.network(true)
        phone.mustSee("没有要发的")
        assertTrue("it was told while it went: $told", told.size > 1 && told.zipWithNext().all { (one, next) -> one <= next })
        assertEquals((upload.kind as OutboxKind.Upload).size, told.last())
    }

    /** What the system would say of a job: nothing of it is looked at. */
    private fun somebody() = JobParameters.CREATOR.createFromParcel(Parcel.obtain())

    private fun file(photograph: File? = null) {
        val drafts = app.core.person!!.drafts
        val draft = drafts.create("library-card")
        mapOf("applicant_name" to "王秀英", "phone" to "13800138000", "reader" to "self").forEach { (path, words) -> drafts.setAnswer(draft, path, citizen.core.Answer.Words(words)) }
        photograph?.let { drafts.attach(draft, "id-card", it.path) }
        phone.activity.go("review/$draft")
        phone.settle()
        phone.tap("提交申请")
    }

    @Test
    fun theAppLocksWhenNobodyUsesItAndAsSoonAsItIsLeft() {
        signIn()
        phone.tap("设置")
        phone.tap("1 分钟后")
        assertEquals(60uL, app.core.app.lockAfter())
        val touches = app.touches
        phone.activity.dispatchTouchEvent(MotionEvent.obtain(0, 0, MotionEvent.ACTION_DOWN, 1f, 1f, 0))
        assertEquals("the core is told of each touch", touches + 1, app.touches)
        app.core.app.setLockAfter(0uL)
        phone.mustSee("请输入 6 位解锁码")
        app.core.app.setLockAfter(300uL)
        phone.pin(PIN)
        phone.mustSee("5 分钟后")
        phone.leaves()
        phone.comesBack()
        assertTrue("not before the time", phone.sees("5 分钟后"))
        phone.tap("一离开就锁")
        phone.leaves()
        assertNull("no key is in memory", app.core.person)
        phone.comesBack()
        phone.mustSee("请输入 6 位解锁码")
        phone.pin(PIN)
        phone.mustSee("一离开就锁")
    }

    @Test
    fun whomTheAppSendsToTheCameraComesBackToTheVeryPlace() {
        signIn()
        app.settings.lockAtOnce = true
        val draft = app.core.person!!.drafts.create("library-card")
        phone.activity.go("paper/$draft/id-card")
        phone.settle()
        phone.tap("拍照")
        phone.leaves()
        phone.comesBack()
        phone.camera(File(System.getProperty("papers"), "invoice.jpg"))
        phone.mustSee("第 1 张")
        phone.leaves()
        phone.comesBack()
        phone.mustSee("请输入 6 位解锁码")
    }

    @Test
    fun screensOfAPersonAreKeptOutOfPicturesAndOthersAreNot() {
        val secure = { phone.activity.window.attributes.flags and WindowManager.LayoutParams.FLAG_SECURE != 0 }
        assertFalse(secure())
        signIn()
        val screens = listOf("home" to true, "services" to false, "service/library-card" to true, "outbox" to true, "cases" to true, "insurance" to true, "cards" to true, "settings" to true,
            "people" to true, "mandates" to true, "give-mandate" to true, "devices" to true, "consents" to true, "register-log" to true, "grievances" to true)
        screens.forEach { (route, personal) ->
            phone.activity.go(route)
            phone.settle()
            assertEquals(route, personal, secure())
        }
    }

    @Test
    fun theAppSpeaksTheLanguageThatWasChosen() {
        signIn()
        phone.tap("设置")
        phone.tap("English")
        phone.turns {}
        phone.mustSee("Size of text")
        phone.tap("中文")
        phone.turns {}
        phone.mustSee("字的大小")
    }

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
    }
}
