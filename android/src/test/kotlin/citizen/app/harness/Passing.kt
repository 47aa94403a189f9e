package citizen.app.harness

import org.objectweb.asm.ClassWriter
import org.objectweb.asm.Opcodes.ACC_PUBLIC
import org.objectweb.asm.Opcodes.ALOAD
import org.objectweb.asm.Opcodes.GETFIELD
import org.objectweb.asm.Opcodes.ILOAD
import org.objectweb.asm.Opcodes.INVOKEINTERFACE
import org.objectweb.asm.Opcodes.INVOKESPECIAL
import org.objectweb.asm.Opcodes.IRETURN
import org.objectweb.asm.Opcodes.RETURN
import org.objectweb.asm.Opcodes.V17
import org.objectweb.asm.Type
import java.lang.invoke.MethodHandles
import java.lang.reflect.Method
import java.util.function.Consumer

/**
 * Objects that pass each call on to another, and tell its name first. The proxies of Java are of no use for it: what the
 * binding throws is declared by none of its interfaces, and they wrap that.
 */
object Passing {
    private const val REAL = "real"
    private const val TOLD = "told"
    private const val OBJECT = "java/lang/Object"
    private const val CONSUMER = "java/util/function/Consumer"
    private val made = HashMap<Class<*>, Class<*>>()

    fun <T : Any> on(of: Class<T>, real: T, told: Consumer<String>): T {
        val passing = synchronized(made) { made.getOrPut(of) { MethodHandles.lookup().defineClass(written(of)) } }
        val object_ = passing.getConstructor().newInstance()
        passing.getField(REAL).set(object_, real)
        passing.getField(TOLD).set(object_, told)
        return of.cast(object_)
    }

    private fun written(of: Class<*>): ByteArray {
        val name = Type.getInternalName(Passing::class.java) + of.simpleName
        val writer = ClassWriter(ClassWriter.COMPUTE_MAXS)
        writer.visit(V17, ACC_PUBLIC, name, null, OBJECT, arrayOf(Type.getInternalName(of)))
        writer.visitField(ACC_PUBLIC, REAL, Type.getDescriptor(of), null, null)
        writer.visitField(ACC_PUBLIC, TOLD, "L$CONSUMER;", null, null)
        writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null).run {
            visitVarInsn(ALOAD, 0)
            visitMethodInsn(INVOKESPECIAL, OBJECT, "<init>", "()V", false)
            visitInsn(RETURN)
            visitMaxs(0, 0)
        }
        of.methods.filter { java.lang.reflect.Modifier.isAbstract(it.modifiers) }.forEach { write(writer, name, of, it) }
        return writer.toByteArray()
    }

    private fun write(writer: ClassWriter, name: String, of: Class<*>, method: Method) {
        val form = Type.getMethodDescriptor(method)
        writer.visitMethod(ACC_PUBLIC, method.name, form, null, null).run {
            visitVarInsn(ALOAD, 0)
            visitFieldInsn(GETFIELD, name, TOLD, "L$CONSUMER;")
            visitLdcInsn(method.name)
            visitMethodInsn(INVOKEINTERFACE, CONSUMER, "accept", "(L$OBJECT;)V", true)
            visitVarInsn(ALOAD, 0)
            visitFieldInsn(GETFIELD, name, REAL, Type.getDescriptor(of))
            var place = 1
            Type.getArgumentTypes(form).forEach { visitVarInsn(it.getOpcode(ILOAD), place); place += it.size }
            visitMethodInsn(INVOKEINTERFACE, Type.getInternalName(of), method.name, form, true)
            visitInsn(Type.getReturnType(form).getOpcode(IRETURN))
            visitMaxs(0, 0)
        }
    }
}
