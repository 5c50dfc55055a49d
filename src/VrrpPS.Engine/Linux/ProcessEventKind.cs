namespace VrrpPS.Engine.Linux;

/// <summary>What a process did (enum proc_cn_event of linux/cn_proc.h).</summary>
internal enum ProcessEventKind : uint
{
    /// <summary>An answer, no event.</summary>
    None = 0,

    /// <summary>It made another.</summary>
    Fork = 1,

    /// <summary>It executes a program now.</summary>
    Execute = 2,

    /// <summary>It has another name.</summary>
    Rename = 0x200,

    /// <summary>It has ended.</summary>
    Exit = 0x80000000,
}
