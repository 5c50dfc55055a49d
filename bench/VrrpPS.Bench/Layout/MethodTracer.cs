using System.Globalization;
using System.Runtime.InteropServices;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Layout;

/// <summary>
/// Finds which methods a process uses: before its first instruction every method gets a breakpoint, which goes when it is hit, so that
/// afterwards the process runs as fast as ever. Once it serves, all get one again: what is hit from then on is what a service needs.
/// </summary>
internal sealed unsafe class MethodTracer
{
    private const byte Breakpoint = 0xCC;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly int _process;
    private readonly MethodSymbols _symbols;
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _started = [];
    private readonly HashSet<ulong> _used = [];
    private readonly HashSet<ulong> _restored = [];
    private byte[] _code = [];
    private Microsoft.Win32.SafeHandles.SafeFileHandle? _memory;
    private ulong _base;

    /// <summary>Traces a process that has stopped itself and will then become the program.</summary>
    public MethodTracer(int process, MethodSymbols symbols)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new BenchException("Methods are traced on x86-64 only; the order found there is used on other platforms, too.");
        }

        (_process, _symbols) = (process, symbols);
    }

    /// <summary>The names of the methods used since the process serves, in no order.</summary>
    public IEnumerable<string> InService => _used.SelectMany(_symbols.NamesAt);

    /// <summary>The names of those that only its start used, in no order.</summary>
    public IEnumerable<string> StartOnly => _started.Except(_used).SelectMany(_symbols.NamesAt);

    /// <summary>
    /// What was used until now was used by the start, but for what threads will return into: loops are entered once, and serve for ever. While
    /// the process runs, from any thread.
    /// </summary>
    public void EndStart()
    {
        lock (_lock)
        {
            _started.UnionWith(_used);
            _used.Clear();
            _used.UnionWith(ThreadStacks.WordsOf(_process).Select(word => _symbols.MethodOf(word - _base)).OfType<ulong>().Where(_started.Contains));
            SetBreakpoints();
        }
    }

    /// <summary>Follows the process until it ends.</summary>
    public void Run()
    {
        if (!Wait.TryUntil(() => File.ReadAllText($"/proc/{_process}/stat").Split(") ")[^1].StartsWith('T'), s_patience))
        {
            throw new BenchException($"Process {_process} does not stop to be traced.");
        }

        TraceNative.Request(TraceNative.Seize, _process, (void*)TraceNative.Options, "trace a process");
        Signals.Send(_process, Signals.Continue);
        using (_memory)
        {
            while (TraceNative.Wait(out int status) is > 0 and var thread)
            {
                if ((status & 0xFF) == 0x7F)
                {
                    Resume(thread, signal: (status >> 8) & 0xFF, happened: status >> 16);
                }
                else if (thread == _process)
                {
                    return;
                }
            }
        }
    }

    private void Resume(int thread, int signal, int happened)
    {
        if (happened == TraceNative.ExecEvent)
        {
            lock (_lock)
            {
                OpenMemory();
                SetBreakpoints();
            }
        }

        // What the tracing itself causes is not for the process; all other signals are.
        bool isOurs = happened != 0 || (signal == TraceNative.TrapSignal && TakeBreakpoint(thread));
        _ = TraceNative.TryRequest(TraceNative.Continue, thread, (void*)(isOurs ? 0 : signal));
    }

    private void OpenMemory()
    {
        _memory?.Dispose();
        _memory = File.OpenHandle($"/proc/{_process}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        string program = File.ResolveLinkTarget($"/proc/{_process}/exe", returnFinalTarget: false)!.FullName;
        string mapping = File.ReadLines($"/proc/{_process}/maps").First(line => line.EndsWith(program, StringComparison.Ordinal));
        _base = ulong.Parse(mapping.AsSpan(0, mapping.IndexOf('-', StringComparison.Ordinal)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _code = new byte[_symbols.Length];
        if (RandomAccess.Read(_memory, _code, Place(_symbols.Start)) != _code.Length)
        {
            throw new BenchException("The code of the process cannot be read as a whole.");
        }
    }

    private void SetBreakpoints()
    {
        _restored.Clear();
        byte[] marked = [.. _code];
        foreach (ulong address in _symbols.Addresses)
        {
            marked[address - _symbols.Start] = Breakpoint;
        }

        RandomAccess.Write(_memory!, marked, Place(_symbols.Start));
    }

    /// <summary>Whether a thread stands behind one of our breakpoints; it is then put before it.</summary>
    private bool TakeBreakpoint(int thread)
    {
        ulong* registers = stackalloc ulong[TraceNative.RegisterWords];
        if (!TraceNative.TryRequest(TraceNative.GetRegisters, thread, registers))
        {
            return true;
        }

        ulong address = registers[TraceNative.InstructionPointer] - 1 - _base;
        ulong offset = address - _symbols.Start;
        if (offset >= (ulong)_code.Length || !_symbols.Contains(address))
        {
            return false;
        }

        // Another thread may have hit it in the same moment: it is gone then, and the instruction is run anew all the same.
        lock (_lock)
        {
            _ = _used.Add(address);
            if (_restored.Add(address))
            {
                RandomAccess.Write(_memory!, _code.AsSpan((int)offset, 1), Place(address));
            }
        }

        registers[TraceNative.InstructionPointer]--;
        _ = TraceNative.TryRequest(TraceNative.SetRegisters, thread, registers);
        return true;
    }

    private long Place(ulong address) => (long)(_base + address);
}
