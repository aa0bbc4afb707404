using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using Xunit;

namespace MeshLint.Core.Tests.Text;

/// <summary>Our readings of Go's library, where control planes take or refuse a text by it.</summary>
public sealed class GoLibraryTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("5s", 5_000_000_000)]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("-1.5ms", -1_500_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("3µs", 3_000)]
    [InlineData("9223372036854775807ns", long.MaxValue)]
    [InlineData("-9223372036854775808ns", long.MinValue)]
    public void Durations_are_read(string text, long nanoseconds)
    {
        Assert.Null(GoDuration.Parse(text, out var actual));
        Assert.Equal(nanoseconds, actual);
    }

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("5x", "time: unknown unit \"x\" in duration \"5x\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\"")]
    [InlineData("ü", "time: invalid duration \"\\xc3\\xbc\"")]
    public void Bad_durations_have_Go_s_text(string text, string error) => Assert.Equal(error, GoDuration.Parse(text, out _));

    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("-0.0", 0, false)]
    [InlineData("50.5", 1, false)]
    [InlineData("+100", 1, false)]
    [InlineData("100.0", 1, false)]
    [InlineData("100.000001", 1, true)]
    [InlineData("99.999", 1, false)]
    [InlineData("1e2", 1, false)]
    [InlineData("1E3", 1, true)]
    [InlineData("1e2000000000", 1, true)]
    [InlineData("1e-2000000000", 1, false)]
    [InlineData("-.5", -1, false)]
    [InlineData("5.", 1, false)]
    public void Decimals_are_compared(string text, int sign, bool above100)
    {
        Assert.True(GoDecimal.TryParse(text, out var value));
        Assert.Equal(sign, value.Sign);
        Assert.Equal(above100, value.IsGreaterThan(100));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1.-5")]
    [InlineData("five")]
    [InlineData("1e")]
    [InlineData("1e99999999999")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("50%")]
    public void What_is_no_decimal_is_refused(string text) => Assert.False(GoDecimal.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a*?b+?c??d{2,3}?")]
    [InlineData("x{1000}")]
    [InlineData("(?:[a-z]{4}){0,250}")]
    [InlineData("a{,2}")]
    [InlineData("a{01}")]
    [InlineData("(?P<name>a)(?<other>b)")]
    [InlineData("(?i-s:a)|(?U)b")]
    [InlineData(@"[a-b-c][]a][^-a][[:alpha:][:^digit:]\d\pL]")]
    [InlineData(@"\Q*+?{[\E\.\x41\x{1F600}\012\pN\p{Greek}\P{^Old_Italic}\A\b\z")]
    [InlineData("()|a(?i)*")]
    public void Expressions_that_Go_compiles(string expression) => Assert.True(GoRegex.IsValid(expression));

    [Theory]
    [InlineData("(")]
    [InlineData("a)")]
    [InlineData("[a-z")]
    [InlineData("[z-a]")]
    [InlineData("[[:alfa:]]")]
    [InlineData("*a")]
    [InlineData("a|*")]
    [InlineData("a**")]
    [InlineData("a{1}*")]
    [InlineData("a++")]
    [InlineData("x{1001}")]
    [InlineData("x{2,1}")]
    [InlineData("(?:[a-z]{4}){0,251}")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?P<a b>c)")]
    [InlineData("(?i")]
    [InlineData(@"\1")]
    [InlineData(@"\y")]
    [InlineData(@"\C")]
    [InlineData(@"\x{110000}")]
    [InlineData(@"\p{Klingon}")]
    [InlineData(@"\Q\E*")]
    [InlineData("a\\")]
    public void Expressions_that_Go_refuses(string expression) => Assert.False(GoRegex.IsValid(expression));

    [Fact]
    public void An_expression_can_nest_too_deeply()
    {
        Assert.True(GoRegex.IsValid(new string('(', 900) + new string(')', 900)));
        Assert.False(GoRegex.IsValid(new string('(', 1000) + new string(')', 1000)));
    }

    [Theory]
    [InlineData("http://h:80", "http", "h:80", "80", "", "")]
    [InlineData("HTTP://u:p@h/a%20b?c#d", "http", "h", "", "/a%20b", "c#d")]
    [InlineData("http://[::1]:80/", "http", "[::1]:80", "80", "/", "")]
    [InlineData("/only/a/path", "", "", "", "/only/a/path", "")]
    public void Request_URLs_are_split(string text, string scheme, string host, string port, string path, string query)
    {
        var url = GoUrl.ParseRequest(text, strictColons: true);
        Assert.NotNull(url);
        Assert.Equal((scheme, host, port, path, query), (url.Scheme, url.Host, url.Port, url.Path, url.Query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData(":80")]
    [InlineData("http://h:x")]
    [InlineData("http://h h/")]
    [InlineData("http://h%41/")]
    [InlineData("http://[1.2.3.4]/")]
    [InlineData("http://[::1/")]
    [InlineData("http://h/%zz")]
    [InlineData("http://h/\n")]
    [InlineData("http://a:1:2")]
    public void Bad_request_URLs_are_refused(string text) => Assert.Null(GoUrl.ParseRequest(text, strictColons: true));

    [Fact]
    public void Older_Go_takes_several_colons() => Assert.Equal("2", GoUrl.ParseRequest("http://a:1:2", strictColons: false)?.Port);

    [Theory]
    [InlineData("1.2.3.4", true)]
    [InlineData("::", true)]
    [InlineData("1::", true)]
    [InlineData("::ffff:1.2.3.4", true)]
    [InlineData("1:2:3:4:5:6:7:8", true)]
    [InlineData("1:2:3:4:5:6:1.2.3.4", true)]
    [InlineData("1:2:3:4:5:6:7::", true)]
    [InlineData("", false)]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.3.4.5", false)]
    [InlineData("01.2.3.4", false)]
    [InlineData("1.2.3.256", false)]
    [InlineData("1:2:3:4:5:6:7:8:9", false)]
    [InlineData("1:2:3:4:5:6:7:8::", false)]
    [InlineData("1::2::3", false)]
    [InlineData(":1", false)]
    [InlineData("1:", false)]
    [InlineData("fe80::1%eth0", false)]
    public void Addresses(string text, bool valid) => Assert.Equal(valid, GoAddress.IsIP(text));

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/08", true)]
    [InlineData("::/128", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.0/", false)]
    [InlineData("10.0.0.0/+8", false)]
    [InlineData("::/129", false)]
    [InlineData("::/99999999999", false)]
    public void Cidrs(string text, bool valid) => Assert.Equal(valid, GoAddress.IsCidr(text));

    [Theory]
    [InlineData("", "EOF")]
    [InlineData("  ", "EOF")]
    [InlineData("{", "unexpected EOF")]
    [InlineData("{\"a\"", "unexpected EOF")]
    [InlineData("{{ .DisplayName }}", "invalid character '{' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("*", "invalid character '*' looking for beginning of value")]
    [InlineData("type: [", "invalid character 'y' in literal true (expecting 'r')")]
    [InlineData("name: [", "invalid character 'a' in literal null (expecting 'u')")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("\"\\q\"", "invalid character 'q' in string escape code")]
    [InlineData("ü", "invalid character 'Ã' looking for beginning of value")]
    public void Bad_JSON_has_Go_s_text(string text, string error) => Assert.Equal(error, GoJson.ScanFirst(text, out _));

    [Theory]
    [InlineData("{\"a\":[1,-2.5e3,true,null,{}]} rest", 29)]
    [InlineData("01", 1)]
    [InlineData("\"a\\u00e9\\\\\"x", 11)]
    public void The_first_JSON_value_ends(string text, int end)
    {
        Assert.Null(GoJson.ScanFirst(text, out var actual));
        Assert.Equal(end, actual);
    }
}
