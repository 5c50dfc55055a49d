using System.Management.Automation;
using VrrpPS.Engine.Configuration;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>The file that a command writes, as -Path, -LiteralPath, -Force and -NoClobber say.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text, where the user allows it.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="path">The path as typed.</param>
    /// <param name="force">Whether a read-only file is replaced.</param>
    /// <param name="noClobber">Whether no file is replaced.</param>
    /// <param name="action">What -WhatIf says is done.</param>
    /// <param name="text">Makes the text.</param>
    /// <returns>The file; null when nothing was written.</returns>
    internal static FileInfo? Write(PSCmdlet cmdlet, string path, bool force, bool noClobber, string action, Func<string> text)
    {
        if (FileResolver.ResolveFile(cmdlet, path) is not { } file || !MayReplace(cmdlet, file, force, noClobber) || !cmdlet.ShouldProcess(file, action))
        {
            return null;
        }

        ConfigurationFileWriter.Write(file, text(), ownerOnly: false);
        return new FileInfo(file);
    }

    /// <summary>Whether a file may be made or replaced; says so when not.</summary>
    private static bool MayReplace(PSCmdlet cmdlet, string file, bool force, bool noClobber)
    {
        var existing = new FileInfo(file);
        if (noClobber && existing.Exists)
        {
            cmdlet.WriteError(ErrorRecords.FileExists(file));
            return false;
        }

        if (!force && existing is { Exists: true, IsReadOnly: true })
        {
            cmdlet.WriteError(ErrorRecords.FileReadOnly(file));
            return false;
        }

        return true;
    }
}
