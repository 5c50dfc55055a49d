using System.Text.Json.Nodes;
using VrrpPS.Engine.Control.Changes;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

public sealed class MergePatchTests
{
    // RFC 7396 appendix A, the cases whose both sides are objects.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Apply_does_what_the_RFC_shows(string target, string patch, string expected)
    {
        var changed = Parse(target);
        MergePatch.Apply(changed, Parse(patch));
        Assert.True(JsonNode.DeepEquals(Parse(expected), changed), changed.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2],"d":"x"},"e":true}""", """{"a":2,"b":{"c":[1],"f":{}},"g":"h"}""")]
    [InlineData("{}", """{"a":{"b":1}}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void What_lies_between_two_objects_leads_from_one_to_the_other(string before, string after)
    {
        var changed = Parse(before);
        MergePatch.Apply(changed, MergePatch.Between(Parse(before), Parse(after)));
        Assert.True(JsonNode.DeepEquals(Parse(after), changed), changed.ToJsonString());
        Assert.Empty(MergePatch.Between(Parse(after), Parse(after)));
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();
}
