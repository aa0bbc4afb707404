namespace MeshLint.Fuzz;

/// <summary>Strings and documents that broke something once, here or in another reader. Every seed of a run mixes them in.</summary>
internal static class HostileText
{
    /// <summary>Values for one field.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "", " ", "~", "null", "yes", "! yes", ".inf", "-.inf", ".nan", "0x8000000000000001", "-0x8000000000000001", "0b-1", "._5", ".5_", "1E31_000",
        "02000000000000000000000", "1e400", "1e20", "-0", "0o17", "0777", "9223372036854775808", "18446744073709551616", "1_000", "190:20:30",
        "2001-12-14t21:59:43.10-05:00", "{}", "[]", "[", "{", "[[[[", "{{{{", "}", "]", "'", "\"", "|", ">-", "|2\n", "*a", "&a", "&a x", "<<", "?", "? x",
        "-", "- - - x", ":", "a: b", "a:b: c", "#", "x #y", "%", "@x", "`", "!!binary x", "!!binary aGk=", "!!int x", "!foo {a: b}", "!", "--- ", "...",
        "\t", "\tx", "\r", "a\rb", "\u0085", "\u2028", "\u2029", "\uFEFF", "\uFEFFtype: Mesh", "\0", "\a", "\e[31m", "\e]0;x\a", "\u009b31m", "\u007f",
        "\u202Egpj.exe", "\u2066x\u2069", "\u200Bx", "\u00ADx", "\uFE0F", "\uDB40\uDC41\uDB40\uDC7F", "\uD800", "\uDC00x", "\uFFFE", "\uFFFF", "\uFDD0",
        "::set-output name=a::b", "##[add-mask]x", "##vso[task.setvariable variable=x]y", "%0A::error::x", "a,b:c%d", "<script>alert(1)</script>", "</script>",
        "<!--", "]]>", "[x](http://evil.example)", "![x](y)", "www.evil.example", "https://evil.example", "a@evil.example", "@team", "#1", "a|b", "``", "$x$",
        "{{", "}}", "{{ .Nope }}", "{{ .Name }}.{{ .Zone }}", "{{ label \"x\" }}", "{{/*", "{{- -}}", "{{`", "{{ printf \"%1000000000d\" 1 }}", "{{define \"x\"}}",
        "{{template \"x\"}}", "{{range .}}{{end}}", "{{ index . 9999999999999999999 }}", "{{ slice .Name 1 -1 }}", "{% if %}", "${VAR}", "<% x %>",
        "1.2.3.4", "1.2.3.4/33", "0.0.0.0/0", "::", "::1%25eth0", "fe80::1%", "[::1]:80", "256.1.1.1", "01.02.03.04", "1.2.3.4:99999", ":::", "2001:db8::/129",
        "1h", "1000000h", "9223372036854775807ns", "1h1000000000000000s", "-1s", "1.5.5s", ".s", "1", "1d", "1µs", "0s", "+5s", "00000000000000000000001s",
        "(", "(((((", "[[:alpha:]", "(?i", "(?P<a", "(?P<a>", "a{1001}", "a{2}{3}", "a{999}{999}", "\\Q", "\\E", "\\pN", "\\p{", "[a-", "[z-a]", "x**", "\\",
        "-----BEGIN CERTIFICATE-----\nx", "-----BEGIN ", "-----BEGIN A-----\n-----END A-----", "spiffe://", "spiffe://a/%", "spiffe://a//b", "kri_msvc____",
        "kri_msvc_default_zone_ns_name_port", "default", "*", "**", "../../etc/passwd", "/dev/zero", "C:\\x", "con", "a/b", "a.b", "A", "-a", "a-", "_",
        "kuma.io/service", "k8s.kuma.io/namespace", "kuma.io/zone", "MeshService", "MeshSubset", "Dataplane", "Exclusive", "Delegated", "0", "-1", "65536", "80",
        new('a', 64), new('a', 254), new('x', 5000), new('\u0301', 200),
    ];

    /// <summary>Whole documents.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        "\ntype: Mesh\nname: default\nmtls:\n\tenabledBackend: a\n",
        "\n*type: Mesh\n",
        "\n\t", "\t\n", "\n\n\t- a\n", "?\n?\n?\n?\n", "? apiVersion\n: kuma.io/v1alpha1\n? kind\n: Mesh\n",
        "type:\n  Mesh\nname:\n  default\n",
        "\"api\\u0056ersion\": kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: default}\n",
        "{\"\\u0061piVersion\": \"kuma.io/v1alpha1\", \"kind\": \"Mesh\", \"metadata\": {\"name\": \"x\"}}",
        "!!str type: !!str Mesh\n&a name: default\n",
        "a: &a {type: Mesh, name: x}\n<<: *a\n", "a: &a {x: *a}\ntype: Mesh\nname: x\n", "type: Mesh\nname: x\n<<: {a: 1}\n<<: [{b: 1}]\n",
        "type: Mesh\rname: default\r", "type: Mesh\u0085name: default\u0085", "type: Mesh\u2028name: default\n", "\uFEFFtype: Mesh\nname: a\n---\n\uFEFFtype: Mesh\nname: b\n",
        "type: Mesh\nname: \"a\n--- b\n  c\"\n", "--- {type: Mesh, name: x}\n", "type: Mesh\nname: a\n...\ntype: Mesh\nname: b\n", "{\"type\": \"Mesh\", \"name\": \"a\\/b\"}\n",
        "{\"type\":\"Mesh\",\"name\":\"a\"}{\"type\":\"Mesh\",\"name\":\"b\"}\n{\"type\":\"Mesh\",\"name\":\"c\"}", "{type: Mesh, name: x, [a, b]: c, ? d : e}\n",
        "type: Mesh\nname: {{#a}}\n", "type: Mesh\nname: {{{{{{{{{{\n", "%YAML 1.1\n%TAG ! tag:x,2000:\n--- !x\ntype: Mesh\n", "type: Mesh\nname: !!binary x\n1: 2\nnull: 3\n.nan: 4\n",
        "type: Mesh\nname: |2-\n  x\n folded: >+9\n", "- type: Mesh\n  name: x\n- 1\n", "type: Mesh\nname: x\nx: " + Nested(300), "type: Mesh\nname: x\nx: " + Nested(90),
        "type: Mesh\nname: x\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{new string(' ', i)}a:\n")),
        "type: Mesh\nname: x\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"k{i}: &a{i} [*a{Math.Max(0, i - 1)}, *a{Math.Max(0, i - 1)}]\n")),
        "type: Mesh\nname: x\n" + string.Concat(Enumerable.Repeat("?\n", 500)), "type: Mesh\nname: " + string.Concat(Enumerable.Repeat("{{", 2000)) + "\n",
        "type: Mesh\nname: x\na: &a {b: 1}\n<<: [" + string.Join(", ", Enumerable.Repeat("*a", 200)) + "]\n",
        "type: HostnameGenerator\nname: x\nspec:\n  selector: {meshService: {matchLabels: {}}}\n  template: '" + Bomb() + "'\n",
        "type: VirtualOutbound\nmesh: default\nname: x\nselectors: [{match: {kuma.io/service: '*'}}]\nconf:\n  host: '" + Bomb() + "'\n  port: '" + Bomb()
            + "'\n  parameters: [{name: x, tagKey: kuma.io/service}]\n",
        "apiVersion: v1\nkind: List\nitems: [1, [], {apiVersion: kuma.io/v1alpha1}, null, {apiVersion: v1, kind: Service, spec: 7}]\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [., .., ../.., \"\\0\", /, a//b, 5, [], {}]\npatches: [{path: 5}, x, [], {target: 1}]\n",
    ];

    /// <summary>Names of files.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "::set-output name=a::b.yaml", " ::error::x.yaml", "a\u202Eb.yaml", "a\eb.yaml", "##[group]x.yaml", "a\nb.yaml", "a%0A,b:c.yaml", "templates/a.yaml", "x/kustomization.yaml",
        "kustomization.yml", "Kustomization", "charts/a/templates/b.yaml", "a b/c|d`e.yaml", "[x](y).yaml", "<b>.yaml", "@team.yaml", "\uD800.yaml", "..yaml", ".yaml", "a/./b.yaml", "-",
        "\uDB40\uDC41.json", "zones/east/a.yaml", "zones/west/a.yml", "global/a.yaml",
    ];

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth) + "\n";

    private static string Bomb() =>
        "{{ $x := \"xx\" }}" + string.Concat(Enumerable.Repeat("{{ $x = printf \"%s%s\" $x $x }}", 40)) + "{{ $x }}";
}
