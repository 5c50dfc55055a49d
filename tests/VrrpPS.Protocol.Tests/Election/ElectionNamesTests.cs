using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class ElectionNamesTests
{
    [Fact]
    public void States_are_called_what_they_are_called_in_the_program()
        => Assert.All(Enum.GetValues<RouterState>(), static state => Own(Enum.GetName(state), state.Name()));

    [Fact]
    public void Events_are_called_what_they_are_called_in_the_program()
        => Assert.All(Enum.GetValues<LastEvent>(), static lastEvent => Own(Enum.GetName(lastEvent), lastEvent.Name()));

    [Fact]
    public void What_has_no_name_is_its_number()
    {
        Assert.Equal("99", ((RouterState)99).Name());
        Assert.Equal("99", ((LastEvent)99).Name());
    }

    /// <summary>The name, and a text of the program's own, not one that the runtime has looked up.</summary>
    private static void Own(string? expected, string name)
    {
        Assert.Equal(expected, name);
        Assert.Same(string.IsInterned(name), name);
    }
}
