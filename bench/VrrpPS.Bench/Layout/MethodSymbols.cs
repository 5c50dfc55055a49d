using System.Buffers.Binary;
using System.Text;

namespace VrrpPS.Bench.Layout;

/// <summary>
/// Where the methods of a native program are: from the symbols that the compiler leaves beside it, an ELF file of 64 bits. The addresses
/// are those of the file; a program that is linked position-independent adds where it was loaded.
/// </summary>
internal sealed class MethodSymbols
{
    private const string Section = "__managedcode";
    private const int HeaderSize = 64, SectionSize = 64, SymbolSize = 24;
    private const uint SymbolTable = 2;
    private const int Function = 2;

    private readonly byte[] _file;
    private readonly Dictionary<ulong, List<string>> _names = [];
    private readonly List<ulong> _sorted;

    /// <summary>Reads them.</summary>
    /// <param name="path">The file of symbols.</param>
    /// <exception cref="BenchException">It has none of managed code.</exception>
    public MethodSymbols(string path)
    {
        _file = File.ReadAllBytes(path);
        if (_file.Length < HeaderSize || !_file.AsSpan(0, 5).SequenceEqual("\u007fELF\u0002"u8))
        {
            throw new BenchException($"{path} is no ELF file of 64 bits.");
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(60));
        int[] sections = [.. Enumerable.Range(0, count).Select(i => (int)Word(40) + (i * SectionSize))];
        int names = (int)Word(sections[BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(62))] + 24);
        int code = Array.FindIndex(sections, section => Text(names + (int)Half(section)) == Section);
        int table = Array.FindIndex(sections, section => Half(section + 4) == SymbolTable);
        if (code < 0 || table < 0)
        {
            throw new BenchException($"{path} has no symbols of managed code: it has to be what the native compiler leaves beside its program.");
        }

        Start = Word(sections[code] + 16);
        Length = (int)Word(sections[code] + 32);
        Read(sections[table], (int)Word(sections[(int)Half(sections[table] + 40)] + 24), code);
        _sorted = [.. _names.Keys.Order()];
    }

    /// <summary>Where the code of all methods begins.</summary>
    public ulong Start { get; }

    /// <summary>How many bytes all of it has.</summary>
    public int Length { get; }

    /// <summary>Where methods begin.</summary>
    public IReadOnlyCollection<ulong> Addresses => _names.Keys;

    /// <summary>Whether a method begins there.</summary>
    public bool Contains(ulong address) => _names.ContainsKey(address);

    /// <summary>Where the method begins that an address is in; none outside of all methods.</summary>
    public ulong? MethodOf(ulong address)
    {
        if (address - Start >= (ulong)Length)
        {
            return null;
        }

        int place = _sorted.BinarySearch(address);
        place = place < 0 ? ~place - 1 : place;
        return place < 0 ? null : _sorted[place];
    }

    /// <summary>What begins there: methods of which the compiler keeps one body have several names.</summary>
    public IReadOnlyList<string> NamesAt(ulong address) => _names[address];

    private void Read(int section, int texts, int code)
    {
        int start = (int)Word(section + 24);
        int end = start + (int)Word(section + 32);
        for (int symbol = start; symbol < end; symbol += SymbolSize)
        {
            bool isMethod = (_file[symbol + 4] & 0xF) == Function && BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(symbol + 6)) == code;
            if (isMethod)
            {
                ulong address = Word(symbol + 8);
                if (!_names.TryGetValue(address, out var found))
                {
                    _names.Add(address, found = []);
                }

                found.Add(Text(texts + (int)Half(symbol)));
            }
        }
    }

    private uint Half(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(offset));

    private ulong Word(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(offset));

    private string Text(int offset) => Encoding.UTF8.GetString(_file.AsSpan(offset, _file.AsSpan(offset).IndexOf((byte)0)));
}
