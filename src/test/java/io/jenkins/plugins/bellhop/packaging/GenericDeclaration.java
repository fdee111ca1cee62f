package io.jenkins.plugins.bellhop.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.signature.SignatureWriter;
import org.objectweb.asm.tree.ClassNode;

/** The type parameters of a class, and its direct supertypes with their arguments, in the spelling of class files. */
final class GenericDeclaration extends SignatureVisitor {

    private final List<Object> parameters = new ArrayList<>();
    private final List<Object> supertypes = new ArrayList<>();

    private GenericDeclaration() {
        super(Opcodes.ASM9);
    }

    static GenericDeclaration of(ClassNode type) {
        GenericDeclaration declaration = new GenericDeclaration();
        if (type.signature != null) {
            new SignatureReader(type.signature).accept(declaration);
            return declaration;
        }
        ClassFiles.supertypesOf(type).forEach(name -> declaration.supertypes.add("L" + name + ";"));
        return declaration;
    }

    String parameters() {
        return parameters.toString();
    }

    /** The full spelling by the bare name. */
    Map<String, String> supertypes() {
        Map<String, String> byName = new TreeMap<>();
        for (Object supertype : supertypes) {
            String spelling = supertype.toString();
            byName.put(spelling.substring(1).split("[<;]", 2)[0], spelling);
        }
        return byName;
    }

    @Override
    public void visitFormalTypeParameter(String name) {
        parameters.add(name);
    }

    @Override
    public SignatureVisitor visitClassBound() {
        return writerIn(parameters);
    }

    @Override
    public SignatureVisitor visitInterfaceBound() {
        return writerIn(parameters);
    }

    @Override
    public SignatureVisitor visitSuperclass() {
        return writerIn(supertypes);
    }

    @Override
    public SignatureVisitor visitInterface() {
        return writerIn(supertypes);
    }

    /** Filled after it was added: its text is read when all has been visited. */
    private static SignatureWriter writerIn(List<Object> spellings) {
        SignatureWriter writer = new SignatureWriter();
        spellings.add(writer);
        return writer;
    }
}
