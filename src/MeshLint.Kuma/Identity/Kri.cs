using MeshLint.Kuma.Resources;
using System.Globalization;
using System.Text;

namespace MeshLint.Kuma.Identity;

/// <summary>
/// Kuma resource identifiers and the hashed names of replicated copies (docs/kuma/multi-zone.md#replication,
/// docs/kuma/documents.md#resource-identifiers).
/// </summary>
public static class Kri
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary><c>kri_&lt;short&gt;_&lt;mesh&gt;_&lt;zone&gt;_&lt;namespace&gt;_&lt;name&gt;_&lt;section&gt;</c>; "" for a kind without short name.</summary>
    public static string Format(KindInfo kind, string mesh, string zone, string ns, string name, string section) =>
        kind.ShortName is { } shortName ? $"kri_{shortName}_{(kind.IsMeshScoped ? mesh : "")}_{zone}_{ns}_{name}_{section}" : "";

    /// <summary>The name that a copy of a resource gets in another control plane (kuma: pkg/kds/hash/hash.go).</summary>
    /// <param name="mesh">Mesh of the resource, "" for kinds without one.</param>
    /// <param name="displayName">Its display name.</param>
    /// <param name="zone">Its zone label; null where absent.</param>
    /// <param name="ns">Its namespace label; null where absent.</param>
    public static string CopyName(string mesh, string displayName, string? zone, string? ns)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(mesh + displayName + zone + ns))
            hash = (hash ^ b) * 1099511628211UL;
        var prefix = displayName.Length > 236 ? displayName[..236] : displayName;
        return $"{prefix}-{SafeEncode(hash.ToString("x16", CultureInfo.InvariantCulture))}";
    }

    /// <summary>Maps each character to Kubernetes' vowel-free alphabet (k8s.io/apimachinery rand.SafeEncodeString).</summary>
    public static string SafeEncode(string text) =>
        string.Create(text.Length, text, static (buffer, value) =>
        {
            for (var i = 0; i < buffer.Length; i++)
                buffer[i] = Alphabet[value[i] % Alphabet.Length];
        });

    /// <summary>FNV-1a, 32 bits, of the UTF-8 bytes.</summary>
    public static uint Fnv32(string text)
    {
        var hash = 2166136261U;
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619U;
        return hash;
    }
}
