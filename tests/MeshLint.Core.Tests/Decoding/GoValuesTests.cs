using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using Xunit;

namespace MeshLint.Core.Tests.Decoding;

public sealed class GoValuesTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(4294967296, "4294967296")]
    [InlineData(1e100, "1e+100")]
    public void Numbers_are_spelled_as_Go_spells_a_float64(double value, string expected) => Assert.Equal(expected, GoValues.FormatNumber(value));

    [Theory]
    [InlineData("", -1)]
    [InlineData("dGVzdAo=", -1)]
    [InlineData("dGVz\ndAo=", -1)]
    [InlineData(" ", 0)]
    [InlineData("dGVz!", 4)]
    [InlineData("dGV", 0)]
    [InlineData("dGVzdA", 4)]
    [InlineData("dA=", 3)]
    [InlineData("dA==x", 4)]
    [InlineData("=", 0)]
    public void The_first_bad_byte_of_base64_is_found(string text, int expected) => Assert.Equal(expected, GoValues.FindBadBase64(text));

    [Theory]
    [InlineData("1h", "1h0m0s", "3600s")]
    [InlineData("90s", "1m30s", "90s")]
    [InlineData("1.5s", "1.5s", "1.500s")]
    [InlineData("10ms", "10ms", "0.010s")]
    [InlineData("-2m", "-2m0s", "-120s")]
    [InlineData("0", "0s", "0s")]
    [InlineData("1us", "1µs", "0.000001s")]
    [InlineData("15ns", "15ns", "0.000000015s")]
    public void Durations_have_two_spellings(string text, string go, string protobuf)
    {
        Assert.Null(GoDuration.Parse(text, out var nanoseconds));
        Assert.Equal(go, GoDuration.Format(nanoseconds));
        Assert.Equal(protobuf, GoDuration.FormatProtobuf(nanoseconds, new char[GoDuration.MaxLength]).ToString());
    }

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("5x", "time: unknown unit \"x\" in duration \"5x\"")]
    [InlineData("5d", "time: unknown unit \"d\" in duration \"5d\"")]
    [InlineData("é", "time: invalid duration \"\\xc3\\xa9\"")]
    [InlineData("99999999999h", "time: invalid duration \"99999999999h\"")]
    public void Bad_durations_are_told_in_Gos_words(string text, string error) => Assert.Equal(error, GoDuration.Parse(text, out _));
}
