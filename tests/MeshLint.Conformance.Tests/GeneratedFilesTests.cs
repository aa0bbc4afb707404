using MeshLint.Build;
using MeshLint.Build.Recordings;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>What the build tool writes was written: nobody edited it, nobody forgot it.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void The_list_of_rules_is_up_to_date() => Assert.Equal(0, RulesTask.Run(["--check"]));

    [Fact]
    public void The_pages_of_the_rules_and_of_the_Kuma_versions_are_up_to_date() => Assert.Equal(0, DocsTask.Run(["--check"]));

    [SharedFact]
    public void The_sample_of_the_recordings_is_up_to_date() => Assert.Equal(0, RecordingsTask.Run(["--check"]));
}
