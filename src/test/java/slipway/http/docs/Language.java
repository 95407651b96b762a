package slipway.http.docs;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assertions;
import slipway.harness.Docs;
import slipway.harness.Run;
import slipway.harness.Tool;

/**
 * A language that the docs have code in, with what calls that code: a program that issues a token
 * for the address and title it is given, and one that checks signatures, line by line.
 */
enum Language {
  PHP(
      "PHP",
      "api.php",
      List.of("php"),
      "echo upload_token($argv[1], ['title' => $argv[2]]);",
      """
      foreach (file('php://stdin') as $line) {
          [$secret, $header, $body] = explode(' ', rtrim($line, "\\n"));
          $header = $header === '-' ? null : base64_decode(substr($header, 1));
          var_export(is_from_slipway($secret, $header, base64_decode(substr($body, 1))));
          echo "\\n";
      }
      """),
  PYTHON(
      "Python",
      "api.py",
      List.of("python3"),
      "import sys\nprint(upload_token(sys.argv[1], title=sys.argv[2]))",
      """
      import base64, sys

      for line in sys.stdin:
          secret, header, body = line.split()
          header = None if header == "-" else base64.b64decode(header[1:]).decode()
          print(is_from_slipway(secret, header, base64.b64decode(body[1:])))
      """),
  NODE(
      "Node",
      "api.cjs",
      List.of("node"),
      """
      uploadToken(process.argv[2], { title: process.argv[3] }).then(console.log, (error) => {
        console.error(error.message);
        process.exit(1);
      });
      """,
      """
      const decode = (text) => Buffer.from(text.slice(1), 'base64');
      for (const line of require('node:fs').readFileSync(0, 'utf8').trim().split('\\n')) {
        const [secret, header, body] = line.split(' ');
        const given = header === '-' ? undefined : decode(header).toString();
        console.log(isFromSlipway(secret, given, decode(body)));
      }
      """),
  JAVA(
      "Java",
      "Api.java",
      List.of("java"),
      """
      class Main {
        public static void main(String[] given) throws Exception {
          System.out.println(UploadTokens.issue(given[0], java.util.Map.of("title", given[1])));
        }
      }
      """,
      """
      class Main {
        public static void main(String[] none) throws Exception {
          var decoder = java.util.Base64.getDecoder();
          String lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
          for (String line : lines.strip().split("\\n")) {
            String[] part = line.split(" ");
            byte[] header = decoder.decode(part[1].substring(1));
            String given = part[1].equals("-") ? null : new String(header, StandardCharsets.UTF_8);
            byte[] body = decoder.decode(part[2].substring(1));
            System.out.println(SlipwaySignature.isRight(part[0], given, body));
          }
        }
      }
      """) {
    @Override
    List<String> command(Path folder, Path file) throws IOException {
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString());
      Assertions.assertEquals(0, failed, "The code compiles");
      return List.of(
          tool().toString(), "-XX:TieredStopAtLevel=1", "-cp", folder.toString(), "Main");
    }
  },
  RUBY(
      "Ruby",
      "api.rb",
      List.of("ruby"),
      "puts upload_token(ARGV[0], 'title' => ARGV[1])",
      """
      $stdin.each_line do |line|
        secret, header, body = line.split
        given = header == '-' ? nil : header[1..].unpack1('m')
        puts from_slipway?(secret, given, body[1..].unpack1('m'))
      end
      """),
  C_SHARP(
      "C#",
      "api.cs",
      List.of("mono", "mcs"),
      """
      static class Program
      {
          static int Main(string[] given)
          {
              try
              {
                  var more = new Dictionary<string, string> { { "title", given[1] } };
                  Console.WriteLine(UploadTokens.Issue(given[0], more).GetAwaiter().GetResult());
                  return 0;
              }
              catch (InvalidOperationException e)
              {
                  Console.Error.WriteLine(e.Message);
                  return 1;
              }
          }
      }
      """,
      """
      static class Program
      {
          static void Main()
          {
              for (var line = Console.ReadLine(); line != null; line = Console.ReadLine())
              {
                  var part = line.Split(' ');
                  var header = part[1] == "-" ? null
                      : Encoding.UTF8.GetString(Convert.FromBase64String(part[1].Substring(1)));
                  var body = Convert.FromBase64String(part[2].Substring(1));
                  Console.WriteLine(SlipwaySignature.IsRight(part[0], header, body));
              }
          }
      }
      """) {
    @Override
    List<String> command(Path folder, Path file) throws IOException {
      Path program = folder.resolve("api.exe");
      Run compiler =
          Run.of(
              folder,
              List.of(
                  Tool.find("mcs").orElseThrow().toString(),
                  "-r:System.Net.Http",
                  "-r:System.Xml.Linq",
                  "-out:" + program,
                  file.toString()),
              "");
      assumeThat(compiler.output()).as("mono's libraries").doesNotContain("error CS0006");
      compiler.assertWell();
      return List.of(tool().toString(), program.toString());
    }
  },
  SHELL(
      "Shell",
      "api.sh",
      List.of("sh", "curl", "openssl"),
      "upload_token \"$1\" \"title=$2\"",
      """
      while read -r secret header body; do
        printf '%s' "${body#+}" | base64 -d >body
        given=$(printf '%s' "${header#[+-]}" | base64 -d; printf x)
        if is_from_slipway "$secret" "${given%x}" body; then echo true; else echo false; fi
      done
      """);

  /** Its heading in the docs. */
  final String heading;

  private final String file;
  private final List<String> tools;
  private final String issuing;
  private final String checking;

  Language(String heading, String file, List<String> tools, String issuing, String checking) {
    this.heading = heading;
    this.file = file;
    this.tools = tools;
    this.issuing = issuing;
    this.checking = checking;
  }

  /** A program of the docs' code that issues a token; its arguments are return_url and title. */
  List<String> issuing(Path folder, String address) throws IOException {
    String code = code("api", "## Issue a token");
    if (!code.contains("https://media.example.com/")) {
      throw new IllegalStateException(heading + " calls another address");
    }
    return program(folder, code.replace("https://media.example.com/", address), issuing);
  }

  /**
   * A program of the docs' code that says of each line of its input whether it is from Slipway: the
   * secret, then header and body in base64 after a plus sign, or a minus sign for no header.
   */
  List<String> checking(Path folder) throws IOException {
    return program(folder, code("webhooks", "## Check a webhook's signature"), checking);
  }

  private String code(String page, String section) throws IOException {
    return Docs.page(page).section(section).section("### " + heading).code();
  }

  private List<String> program(Path folder, String code, String call) throws IOException {
    for (String tool : tools) {
      if (Tool.find(tool).isEmpty()) {
        throw Tool.skip(tool + " is not installed: the docs' code in " + heading + " is not run.");
      }
    }
    String start = this == PHP ? "<?php\n" : "";
    return command(folder, Files.writeString(folder.resolve(file), start + code + "\n" + call));
  }

  List<String> command(Path folder, Path program) throws IOException {
    return Stream.of(tool(), program).map(Path::toString).toList();
  }

  final Path tool() {
    return Tool.find(tools.get(0)).orElseThrow();
  }
}
