// A build for devices, with the Android Gradle Plugin. NOT RUN BY ANY CHECK of this repository: there is no Android SDK,
// NDK or arm64 library where the checks run. Maven (pom.xml) is what is tested.
//
// Beforehand: build citizen-bindings for aarch64-linux-android into src/main/jniLibs/arm64-v8a, and generate the Kotlin
// side into ../target/android/gen-kotlin (`cargo xtask test --only android` does the latter).
plugins {
    id("com.android.application") version "8.7.3"
    id("org.jetbrains.kotlin.android") version "2.4.21"
}

android {
    namespace = "citizen.app"
    compileSdk = 35
    defaultConfig {
        applicationId = "citizen.app"
        minSdk = 29
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets["main"].kotlin.srcDirs("src/main/kotlin", "../target/android/gen-kotlin")
}

dependencies {
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
}
