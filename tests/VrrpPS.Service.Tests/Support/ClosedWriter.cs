using System.Text;

namespace VrrpPS.Service.Tests.Support;

/// <summary>A pipe whose reader has gone.</summary>
internal sealed class ClosedWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(char[] buffer, int index, int count) => throw new IOException("Broken pipe");
}
