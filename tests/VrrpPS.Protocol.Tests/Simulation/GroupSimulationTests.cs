using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>Whatever happened before: once it is over, all members of the group have the same Master, and nobody is stuck.</summary>
public sealed class GroupSimulationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void After_convergence_all_members_have_the_same_master(int nodes)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var world = new GroupWorld(seed, nodes);
            world.Run(random.NextDouble() * 6);
            for (int i = 0; i < 12; i++)
            {
                world.Disturb();
                world.Run(random.NextDouble() * (random.Next(2) == 0 ? 0.05 : 6));
            }

            world.Heal();
            world.Run(40);
            var masters = Enumerable.Range(0, GroupWorld.Segments).Select(segment => Assert.Single(
                Enumerable.Range(0, nodes), node => world[node, segment].State == RouterState.Master)).ToArray();
            Assert.True(masters.Distinct().Count() == 1, $"seed {seed}: {world}");
            Assert.All(Enumerable.Range(0, nodes), node => Assert.True(
                world[node, 0].State is RouterState.Master or RouterState.Backup && world[node, 0].State == world[node, 1].State, $"seed {seed}: {world}"));
        }
    }

    [Fact]
    public void One_failing_interface_moves_both_and_its_return_brings_both_back()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var world = new GroupWorld(seed, 2);
            world.Run(20);
            int master = world[0, 0].State == RouterState.Master ? 0 : 1;
            world.SetDown(master, 1, down: true);
            Assert.Equal((RouterState.Leaving, RouterState.Fault), (world[master, 0].State, world[master, 1].State));
            world.Run(15);
            Assert.Equal((RouterState.Fault, FaultReasons.SyncGroup), (world[master, 0].State, world[master, 0].Faults));
            Assert.Equal((RouterState.Master, RouterState.Master), (world[1 - master, 0].State, world[1 - master, 1].State));
            world.SetDown(master, 1, down: false);
            Assert.Equal((RouterState.Backup, RouterState.Backup), (world[master, 0].State, world[master, 1].State));
        }
    }

    [Fact]
    public void Without_groups_the_masters_differ()
    {
        // What the others prove is worth something only if it is not so anyway.
        bool differ = false;
        for (int seed = 0; seed < 20; seed++)
        {
            var world = new GroupWorld(seed, 2, isGrouped: false);
            world.Run(20);
            differ |= world[0, 0].State != world[0, 1].State;
        }

        Assert.True(differ);
    }
}
