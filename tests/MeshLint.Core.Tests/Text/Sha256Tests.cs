using System.Security.Cryptography;
using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using Xunit;

namespace MeshLint.Core.Tests.Text;

/// <summary>Our SHA-256 against the framework's, around every border of its blocks.</summary>
public sealed class Sha256Tests
{
    [Fact]
    public void Agrees_with_the_framework()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.Hex("abc"));
        for (var length = 0; length < 200; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i * 7 % 90)))) + "ä";
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Sha256.Hex(text));
        }
    }
}
