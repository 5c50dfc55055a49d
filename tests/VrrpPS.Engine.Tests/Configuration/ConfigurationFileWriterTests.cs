using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Files are whole or not there.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ConfigurationFileWriterTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_and_its_replacement()
    {
        string file = Path.Combine(_folder.Path, "new");
        ConfigurationFileWriter.Write(file, "one", ownerOnly: false);
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        ConfigurationFileWriter.Write(file, "two", ownerOnly: true);
        Assert.Equal(("two", OwnerOnly), (File.ReadAllText(file), File.GetUnixFileMode(file)));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        string file = _folder.Write("target", "one");
        string link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, file);
        ConfigurationFileWriter.Write(link, "two", ownerOnly: false);
        Assert.Equal(("two", file), (File.ReadAllText(file), new FileInfo(link).LinkTarget));
    }

    [Theory]
    [InlineData("no/such")]
    [InlineData(".")]
    public void What_cannot_be_written_leaves_nothing_behind(string name)
    {
        var error = Assert.Throws<VrrpException>(() => ConfigurationFileWriter.Write(Path.Combine(_folder.Path, name), "x", ownerOnly: false));
        Assert.Equal(ErrorIds.ConfigurationUnwritable, error.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
