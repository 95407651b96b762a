package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Everything that other packages may use has Javadoc. */
class JavadocTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void everyPublicTypeAndMemberIsDescribed() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(SOURCES)) {
      List<Path> sources = all.filter(path -> path.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      Members members = new Members(DocTrees.instance(task));
      members.scan(task.parse(), null);
      assertThat(members.seen).isGreaterThan(sources.size());
      assertThat(members.undescribed).isEmpty();
    }
  }

  private static final class Members extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> undescribed = new ArrayList<>();
    private int seen;

    Members(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree file, Void none) {
      if (!file.getTypeDecls().isEmpty()) {
        super.visitCompilationUnit(file, null);
      }
      return null;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName().toString());
      super.visitClass(type, null);
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(one -> one.getAnnotationType().toString().equals("Override"));
      if (isPublic(method.getModifiers()) && !overrides) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void none) {
      if (isPublic(field.getModifiers()) && !isRecordComponent() && !isEnumConstant(field)) {
        check(field.getName().toString());
      }
      return null;
    }

    /** The Javadoc of the record describes it. */
    private boolean isRecordComponent() {
      Tree within = getCurrentPath().getParentPath().getLeaf();
      return within.getKind() == Tree.Kind.RECORD && !isStatic(getCurrentPath().getLeaf());
    }

    /** Its name is enough, or the Javadoc of the enum. */
    private boolean isEnumConstant(VariableTree field) {
      return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree within
          && within.getKind() == Tree.Kind.ENUM
          && field.getType().toString().equals(within.getSimpleName().toString());
    }

    private static boolean isStatic(Tree member) {
      return ((VariableTree) member).getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** So are the members of an interface. */
    private boolean isPublic(ModifiersTree modifiers) {
      Tree within = getCurrentPath().getParentPath().getLeaf();
      boolean inInterface =
          within.getKind() == Tree.Kind.INTERFACE || within.getKind() == Tree.Kind.ANNOTATION_TYPE;
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private void check(String name) {
      seen++;
      if (docs.getDocComment(getCurrentPath()) == null) {
        CompilationUnitTree file = getCurrentPath().getCompilationUnit();
        long at = docs.getSourcePositions().getStartPosition(file, getCurrentPath().getLeaf());
        long line = file.getLineMap().getLineNumber(at);
        undescribed.add(file.getSourceFile().getName() + ":" + line + " " + name);
      }
    }
  }
}
